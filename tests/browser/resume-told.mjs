// Answers of `GET /api/resume`, as the tests of the pages want them.

import { LINES } from './resume-files.mjs';

export const ANALYSIS = {
  skills: ['Planning', 'SQL', 'Talking with people', 'Release management'],
  experience: [
    { title: 'Product manager', employer: 'Northwind', period: '2021 to 2026' },
    { title: 'Release manager', employer: 'Contoso', period: '2018 to 2021' },
  ],
  education: [{ title: 'BSc Computer science', place: 'Example University', period: '2015 to 2018' }],
  model: 'gpt-6-luna', at: '2026-11-21T10:00:00.000Z',
};

/** A resume that is kept, with a link that is good for five minutes from now. */
export const resume = (more = {}) => ({
  id: 'res_1', name: 'cv.pdf', type: 'pdf', bytes: 84_123, characters: 224, text: LINES.join('\n'), uploadedAt: '2026-11-20T09:00:00.000Z',
  link: '/api/files/token-1', linkExpiresAt: new Date(Date.now() + 300_000).toISOString(), analysis: null, ...more,
});

export const answer = (kept, convert = false) => ({ resume: kept, convert });
