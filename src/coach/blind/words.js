/**
 * By which words a person can be told to be of a gender, an age or a family, as `words.rs` reads them: what they tell,
 * where, and the phrases. `#` is a number. With a capital some German ones speak to somebody, or stand first in a
 * sentence: nobody knows which. What tells `none` is of companies, tongues and machines. A backslash at the end of a line
 * joins it to the next.
 */
export const WORDS = `
# all
they title mr, mrs, ms, miss, mx
# en
they any he, him, his, himself, she, her, hers, herself, mister, mr, mrs, sir, madam, ma'am
person any man, men, woman, women, male, males, female, females, boy, boys, girl, girls, lady, ladies, gentleman, \
gentlemen, guy, waitress, actress, hostess, stewardess, businesswoman, saleswoman, spokeswoman, chairwoman, \
transgender, nonbinary, non binary, lesbian, gay, bisexual
family any husband, husbands, wife, wives, spouse, fiancé, fiancée, boyfriend, girlfriend, married, divorced, \
widow, widowed, widower, mother, mothers, motherhood, mom, mum, mommy, mummy, father, fathers, fatherhood, dad, \
daddy, son, sons, daughter, daughters, brother, brothers, sister, sisters, grandmother, grandma, grandfather, \
grandpa, aunt, uncle, niece, nephew, pregnant, pregnancy, maternity, paternity, parental leave, maternity leave, \
paternity leave, my children, my child, my kids, my kid, my baby, my babies, my family, my parents, my in laws, \
have children, have kids, have # children, have # kids, having children, having kids, mother in law, \
father in law, sister in law, brother in law, mother of #, father of #
age any # years old, # year old, # years of age, # years young, aged #, the age of #, at age #, age #, born in #, \
in my twenties, in my thirties, in my forties, in my fifties, in my sixties, early twenties, mid twenties, \
late twenties, early thirties, mid thirties, late thirties, early forties, mid forties, late forties, \
early fifties, mid fifties, late fifties, early sixties, mid sixties, late sixties
age age i am #, i'm #, i turned #, i will be #
none any sister company, sister companies, sister team, sister site, mother tongue, mother company, \
daughter company, man in the middle, man hours, man hour, man days, man day, man months
# de
they any er, ihn, ihm
they small sie, ihr, ihre, ihren, ihrem, ihrer, ihres, seine, seinen, seinem, seiner, seines
person any mann, männer, männern, mannes, frau, frauen, herr, herrn, herren, dame, damen, mädchen, jungs, \
männlich, männliche, männlicher, männlichen, weiblich, weibliche, weiblicher, weiblichen, lesbisch, schwul, \
bisexuell, nichtbinär, nicht binär
family any mein mann, meinen mann, meinem mann, meines mannes, meine frau, meiner frau, ehemann, ehefrau, gatte, \
gattin, mutter, mütter, mama, mutti, vater, väter, papa, vati, sohn, söhne, tochter, töchter, bruder, brüder, \
schwester, schwestern, geschwister, oma, opa, großmutter, großvater, großeltern, tante, onkel, neffe, nichte, \
enkel, enkelin, schwager, schwägerin, schwiegermutter, schwiegervater, schwanger, schwangerschaft, mutterschutz, \
elternzeit, mutterschaftsurlaub, vaterschaftsurlaub, verheiratet, geschieden, verwitwet, witwe, witwer, verlobt, \
verlobter, verlobte, mein freund, meinem freund, meinen freund, meine freundin, meiner freundin, meine kinder, \
meinen kindern, meiner kinder, mein kind, meinem kind, meine eltern, meinen eltern, meiner eltern, meine familie, \
meiner familie, mutter von #, vater von #, habe kinder, habe # kinder, # kinder habe
age any # jahre alt, # jahren alt, # jahre jung, # jährige, # jähriger, # jährigen, alter von #, \
alter von # jahren, mit # jahren, jahrgang #, geboren #, # geboren, geboren im jahr #, im jahr # geboren
age age ich bin #, bin ich #, ich werde #, anfang #, mitte #, ende #
none any mit # jahren erfahrung, mit # jahren berufserfahrung, mit # jahren praxis, # jährige erfahrung, \
# jährigen erfahrung, # jähriger erfahrung, # jährige berufserfahrung
# es
they any él, ella, ellas, señor, señora, señorita, señores, señoras
they title sr, sra, srta, don, doña
person any hombre, hombres, mujer, mujeres, varón, varones, chico, chicos, chica, chicas, niña, niño, masculino, \
femenino, femenina, lesbiana, gay, bisexual, transgénero, no binario, no binaria
family any mi mujer, mi chico, mi chica, esposo, esposa, marido, madre, madres, mamá, padre, papá, hijo, hija, \
hijos, hijas, hermano, hermana, hermanos, hermanas, abuelo, abuela, abuelos, tío, tía, sobrino, sobrina, mi primo, \
mi prima, suegro, suegra, cuñado, cuñada, novio, novia, embarazada, embarazo, maternidad, paternidad, casado, \
casada, divorciado, divorciada, soltero, soltera, viudo, viuda, mis padres, mi familia, mi bebé, mis niños, \
mis niñas
age any tengo # años, tenía # años, tiene # años, tuve # años, cumplí # años, cumplo # años, tengo # años de edad, \
a los # años, a mis # años, con # años, edad de #, edad de # años, # años de edad, nací en #, nacido en #, \
nacida en #
none any tengo # años de, tenía # años de, tiene # años de, a los # años de, con # años de, placa madre, \
lengua madre, casa madre, nodo padre, nodo hijo, clase padre, clase hija
# fr
they any il, elle, elles, lui, monsieur, messieurs, madame, mesdames, mademoiselle, mme, mlle
they title m
person any homme, hommes, femme, femmes, fille, filles, garçon, garçons, dame, dames, masculin, féminin, féminine, \
masculine, lesbienne, gay, bisexuel, bisexuelle, transgenre, non binaire
family any mari, ma femme, époux, épouse, conjoint, conjointe, mère, mères, maman, père, pères, papa, mon fils, \
mes fils, ma fille, mes filles, frère, frères, sœur, sœurs, soeur, soeurs, tante, grand mère, grand père, \
grands parents, oncle, neveu, nièce, cousin, cousine, enceinte, grossesse, maternité, paternité, congé maternité, \
congé paternité, congé parental, marié, mariée, divorcé, divorcée, célibataire, veuf, veuve, fiancé, fiancée, \
mon copain, ma copine, mon petit ami, ma petite amie, belle mère, beau père, mes enfants, mon enfant, mon bébé, \
mes parents, ma famille
age any j'ai # ans, j'avais # ans, j'aurai # ans, âgé de #, âgée de #, âgé de # ans, âgée de # ans, l'âge de #, \
l'âge de # ans, à # ans, mes # ans, né en #, née en #
none any j'ai # ans d, j'ai # ans de, j'avais # ans d, j'avais # ans de, à # ans d, mes # ans d, mes # ans de, \
il y, il faut, il fallait, il faudra, il faudrait, il s'agit, il s'agissait, il vaut mieux, carte mère, \
maison mère, société mère
`;
