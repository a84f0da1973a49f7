// A resume by simple rules: sections by their headings, places of work and study by their years. What is not told is empty.

const HEADINGS = [
  ['skills', /^((technical|core|key|professional|other) )?(skills|competenc(i)?es|technologies)( (and|&) \w+)?$|^kenntnisse$/i],
  ['experience', /^((work|professional|relevant) )?(experience|employment|career)( history)?$|^work history$|^berufserfahrung$/i],
  ['education', /^(education|studies|academic background|education and training|qualifications)$|^(ausbildung|studium)$/i],
  ['other', /^(summary|profile|about( me)?|contact|languages|interests|hobbies|references|projects|publications|certifi\w+|awards)$/i],
];

const YEAR = '(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\.? |\\d{1,2}[/.])?(?:19|20)\\d\\d';
const PERIOD = new RegExp(`\\(?\\b(${YEAR}(?:\\s*(?:[-–—]|to|until)\\s*(?:${YEAR}|present|now|today|current))?)\\b\\)?`, 'i');
const STUDY = /\b(university|college|school|institute|academy|bachelor|master|b\.?sc|m\.?sc|b\.?a|m\.?a|ph\.?d|diploma|degree)\b/i;
const FENCE = /^\s*([=<>#~*_-])\1\1/; // put around the text so that it cannot pass for an instruction
const BULLET = /^\s*[-•*·▪◦]\s*/;
const BETWEEN = /\s+(?:at|@)\s+|\s+[-–—|·]\s+|\s*[,|;]\s+|\t+| {3,}/;
const EDGES = /^[\s,;:|()·–—-]+|[\s,;:|()·–—-]+$/g;
const SKILL_MOST = 60; // letters; what is longer is a sentence
const NAME_MOST = 80;

/** What the schema `resume_analysis` is answered with. */
export function resume(words) {
  const sections = sectionsOf(words);
  const dated = entriesOf([...sections.experience, ...sections.none]);
  const [studies, jobs] = [dated.filter(({ all }) => STUDY.test(all)), dated.filter(({ all }) => !STUDY.test(all))];
  const education = [...entriesOf(sections.education), ...(sections.education.length === 0 ? studies : [])];
  const experience = sections.experience.length > 0 ? entriesOf(sections.experience) : jobs;
  return {
    skills: skillsOf(sections.skills),
    experience: experience.map(({ what, where, period }) => ({ title: what, employer: where, period })),
    education: education.map(({ what, where, period }) => ({ title: what, place: where, period })),
  };
}

/** The lines under each heading; those before the first and under others that are known count for nothing but their years. */
function sectionsOf(words) {
  const sections = { none: [], skills: [], experience: [], education: [], other: [] };
  let current = 'none';
  for (const line of words.split(/\r\n?|\n|\f/).filter((one) => !FENCE.test(one))) {
    const [, head, rest = ''] = /^([^:]{3,40}?)\s*:\s*(.*)$/.exec(line.trim()) ?? [null, line.trim()];
    const heading = HEADINGS.find(([, pattern]) => pattern.test(head))?.[0];
    if (heading) current = heading;
    if (heading ? rest : line.trim()) sections[current].push(heading ? rest : line);
  }
  return sections;
}

function skillsOf(lines) {
  const pieces = lines.flatMap((line) => line.replace(BULLET, '').replace(/^[^:]{2,30}:\s+/, '').split(/\s*[,;|•·]\s*|\t+| {3,}/));
  const named = pieces.map((piece) => piece.trim().replace(/\.$/, ''));
  const skills = named.filter((piece) => /\p{L}/u.test(piece) && piece.length <= SKILL_MOST);
  return [...new Map(skills.map((piece) => [piece.toLowerCase(), piece])).values()];
}

/** A line with years makes an entry; where it holds nothing else, the lines around it tell what it was. */
function entriesOf(lines) {
  const entries = [];
  let above = [];
  for (const line of lines) {
    const period = BULLET.test(line) ? null : PERIOD.exec(line);
    const unnamed = entries.at(-1)?.all === '' ? entries.at(-1) : null;
    if (!period && unnamed && isName(line)) Object.assign(unnamed, named(line));
    else if (!period) above = isName(line) ? [...above, line].slice(-2) : [];
    else {
      const rest = line.replace(period[0], '   ').replace(EDGES, '');
      entries.push({ ...named(rest === '' ? above.join(' | ') : rest), period: period[1] });
      above = [];
    }
  }
  return entries.filter(({ what }) => what !== '');
}

/** A title or a place, not a sentence about the work. */
const isName = (line) => !BULLET.test(line) && line.trim().length <= NAME_MOST && !/\.\s*$/.test(line);

function named(words) {
  const [what = '', where = ''] = words.split(BETWEEN).map((part) => part.replace(EDGES, '')).filter(Boolean);
  return { what, where, all: words };
}
