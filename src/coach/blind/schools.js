/**
 * Schools, as `schools.rs` reads them: by name, written exactly so; in small letters, where that is no word besides; what
 * a school comes after; and what German puts behind "an der Universität" and means what was studied there. A backslash
 * at the end of a line joins it to the next.
 */
export const WORDS = `
# named
MIT ETH EPFL TUM LMU KIT RWTH HSG WHU EBS ESMT HPI HEC INSEAD ESSEC ESCP EDHEC ENS ENA IESE ESADE ITAM UNAM UBA \
UPM UPC UCM UAB UCLA USC NYU LSE UCL NUS IIT Harvard Stanford Oxford Cambridge Princeton Yale Caltech Cornell \
Dartmouth Berkeley Wharton Eton Sorbonne Polytechnique CentraleSupélec Supélec Complutense Humboldt Charité \
Tsinghua
# phrases
harvard, stanford, princeton, caltech, insead, sorbonne, oxford, eth zürich, eth zurich, sciences po, \
tec de monterrey, école normale supérieure, ecole normale supérieure, imperial college, ie business school
# studied
studied at, studying at, study at, graduated from, graduated at, graduate of, degree from, degree at, \
diploma from, enrolled at, enrolled in the, student at, phd from, phd at, master from, master's from, master's at, \
masters from, bachelor from, bachelor's from, bachelor's at, mba from, mba at, alumni of, alumnus of, alumna of, \
studiert an, studierte an, studiere an, studierend an, studium an, absolvent, absolventin, abschluss an, \
abschluss von, estudié en, estudiado en, estudio en, estudiaba en, egresado de, egresada de, licenciado por, \
licenciada por, graduado por, graduada por, me gradué en la, me gradué de, me gradué por, étudié à, étudie à, \
études à, diplômé de, diplômée de
# subjects
informatik wirtschaftsinformatik mathematik physik chemie biologie bwl vwl jura medizin psychologie pädagogik \
germanistik anglistik geschichte maschinenbau elektrotechnik architektur wirtschaft betriebswirtschaft \
wirtschaftsingenieurwesen bauingenieurwesen soziologie philosophie design
`;
