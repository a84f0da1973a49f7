/** Who wrote the report and how: the badge beside its head, and what opens beside that. */
import { html, nothing } from '/vendor/lit.js';
import { momentText } from '../money.js';
import { badgeText, writtenBy } from '../report/words.js';

const by = (service) => service ?? 'the AI service';

const byAi = ({ service }, names) => html`
  <p><strong>What was sent.</strong> The lines of this interview went to ${by(service)}, with names, addresses and other words that tell
    who you are taken out. No sound was sent, and ${by(service)} is told not to keep them.</p>
  <p><strong>What was asked.</strong> A grade for each of five criteria of this kind of interview, ${names}, by what each grade is
    written to mean, and your own words for it.</p>
  <p><strong>What we checked.</strong> Each quotation was looked for in your own lines. One that is in none of them is not
    shown, and a score without any is empty.</p>
  <p><strong>What it is not.</strong> It judges words alone: no voice, no accent, no face, no emotion. AI makes mistakes. You can
    disagree with every score, and nobody but you sees any of it.</p>`;

const byRules = (names) => html`
  <p><strong>Why no AI was asked.</strong> Your answers were too short to judge fairly. Rather than guess, a fixed rule of ours left each
    score empty: ${names}.</p>
  <p><strong>What was sent.</strong> Nothing.</p>`;

const fact = (name, value) => (value ? html`<div><dt>${name}</dt><dd>${value}</dd></div>` : nothing);

const facts = ({ service, model, prompt, rubric, rubricHash, at }) => html`
  <dl class="facts">
    ${fact('Model', model && [model, service].filter(Boolean).join(', '))}
    ${fact('Prompt', prompt)}
    ${fact('Rubric', rubric)}
    ${fact('Fingerprint of the rubric', rubricHash && html`<code>${rubricHash}</code>`)}
    ${fact('Written', html`<time datetime=${at}>${momentText(at)}</time>`)}
  </dl>`;

export const badge = ({ evaluatedBy }) => html`<p class="badge">${badgeText(evaluatedBy)}</p>`;

export function made({ evaluatedBy, scores }) {
  const names = scores.map(({ name }) => name.toLowerCase()).join(', ');
  return html`
    <details class="made">
      <summary>
        <span class="by">${[...writtenBy(evaluatedBy), momentText(evaluatedBy.at)].join(' · ')}</span>
        <span class="how">How this was made</span>
      </summary>
      <div class="made-of">
        ${evaluatedBy.kind === 'ai' ? byAi(evaluatedBy, names) : byRules(names)}
        ${facts(evaluatedBy)}
      </div>
    </details>`;
}
