// What the report says: sentences that are true of any answers that show much, some, little or nothing of a criterion.
// `cue` is what shows it in English words; relevance has none, it is told by the question.

export const COACHING = {
  relevance: {
    none: 'Your answers are about something else than what was asked.',
    low: 'Some of your answers only touch the question; the listener has to make the link.',
    middle: 'Most of your answers take up the question, though not always in the first sentence.',
    high: 'You take up what was asked, and stay with it.',
    strength: 'You answer the question that was asked.',
    advice: 'Answer the question in your first sentence, and explain afterwards.',
  },
  structure: {
    cue: /\b(first|then|after that|afterwards|finally|in the end|next|to begin|second|because|so that|as a result|step|found)\b/gi,
    none: 'Nothing in your answers tells what came first and what came of it.',
    low: 'Your answers have parts, but the listener has to put them in order.',
    middle: 'You tell what happened in order, and stop before what came of it.',
    high: 'You tell the situation, what you did and what came of it, in that order.',
    strength: 'You tell things in an order that can be followed.',
    advice: 'Give each answer three parts: the situation, what you did, what came of it.',
  },
  specifics: {
    cue: /\b\d[\d.,]*\s?%?|\b(percent|half|twice|minutes?|hours?|days?|weeks?|months?|night|years?|measured|records?|queue|limit|date)\b/gi,
    none: 'There is no number, name or date in your answers.',
    low: 'You name a detail here and there; most stays general.',
    middle: 'You give details that make it believable, but few that can be measured.',
    high: 'You name what it was, how much and when, so that it can be checked.',
    strength: 'You give details that make your answers believable.',
    advice: 'Add one number to each example: how many, how long, or how much less.',
  },
  motivation: {
    cue: /\b(like|liked|love|loved|enjoy\w*|want|wanted|interest\w*|care|curious|moved towards|excit\w*|proud|hope)\b/gi,
    none: 'You do not say why this work matters to you.',
    low: 'You say that you like the work, but not what about it.',
    middle: 'You give a reason for your path; it could be more your own.',
    high: 'You say what draws you to this work, and it fits what you did.',
    strength: 'You can say why you do this work.',
    advice: 'Say what about this work you would miss if you did something else.',
  },
  reflection: {
    cue: /\b(learn\w*|mistakes?|reali[sz]ed|since then|would (now )?do|differently|again|earlier|wrong|changed|without progress)\b/gi,
    none: 'You do not say what you would do differently today.',
    low: 'You name what went wrong, and leave it there.',
    middle: 'You say what you learned, but not how you use it now.',
    high: 'You name a mistake, what you learned from it and what you changed.',
    strength: 'You look back honestly, and say what changed.',
    advice: 'End an example with what you do differently since then.',
  },
  ownership: {
    cue: /\bI (once |also |then )?(\w+ed|built|wrote|led|made|took|found|chose|ran|gave|set|began|ask|say|start)\b/g,
    none: 'It stays open what you did yourself.',
    low: 'You speak of what happened more than of what you did.',
    middle: 'Your own part can be seen, though others\' part is not set apart from it.',
    high: 'It is clear what you did, and what others did.',
    strength: 'You say plainly what your own part was.',
    advice: 'Say I for what you did and we for what the team did, in each example.',
  },
  depth: {
    cue: /\b(queue|cache|database|index|latency|memory|threads?|lock|network|protocol|tests?|service|limit|logs?|api|query|schema)\b/gi,
    none: 'You name no technical part of what you built.',
    low: 'You name the parts, but not how they work together.',
    middle: 'You explain how it works down to one level; the next question would go deeper.',
    high: 'You explain how it works, and why it failed, down to its parts.',
    strength: 'You know how the things that you speak of work inside.',
    advice: 'Take one part of the system and explain what happens in it when it is overloaded.',
  },
  reasoning: {
    cue: /\b(because|so that|therefore|since|if|measured|hypothes\w*|expected|causes?|reason|that is why)\b/gi,
    none: 'You tell what you did, and not what made you think so.',
    low: 'You give a reason now and then, but not the one that decided.',
    middle: 'You give reasons; how you checked them stays open.',
    high: 'You say what you assumed, how you checked it and what followed.',
    strength: 'You give the reason beside the deed.',
    advice: 'Say what you expected before you looked, and what you found instead.',
  },
  tradeoffs: {
    cue: /\b(but|instead|rather than|although|costs?|risks?|trade|versus|against|both|compromise|slower|cheaper|good enough)\b/gi,
    none: 'You name no other way that you could have gone.',
    low: 'You mention another way, but not what it would have cost.',
    middle: 'You weigh two ways; what you gave up is said in passing.',
    high: 'You name what you gave up, and why that was right then.',
    strength: 'You see what a choice costs.',
    advice: 'Name the way that you did not take, and what it would have been better at.',
  },
  framing: {
    cue: /\b(goals?|problem|question|assum\w*|clarif\w*|first|what|customers?|scope|ask)\b/gi,
    none: 'You begin to solve before you say what is to be solved.',
    low: 'The problem is named, but not what belongs to it and what does not.',
    middle: 'You say what the problem is; a question or two would make it smaller.',
    high: 'You ask, set the limits of the problem, and then begin.',
    strength: 'You make clear what is to be solved before you solve it.',
    advice: 'Begin with two questions about the goal, and say what you assume.',
  },
  recommendation: {
    cue: /\b(recommend\w*|suggest\w*|propos\w*|would|should|therefore|conclusion|decided|that is why)\b/gi,
    none: 'You stop before you say what should be done.',
    low: 'What you would do can be guessed, but you do not say it.',
    middle: 'You say what you would do; the first step is missing.',
    high: 'You say what you would do, why, and what comes first.',
    strength: 'You end with what you would do.',
    advice: 'End with one sentence that says what you would do first.',
  },
  direction: {
    cue: /\b(goals?|plans?|planned|priorit\w*|direction|vision|roadmap|start with|aim|first|tomorrow)\b/gi,
    none: 'You do not say where you wanted to go.',
    low: 'You speak of the work of the day more than of where it led.',
    middle: 'There is a direction; how others learned of it stays open.',
    high: 'You say where you wanted to go, and how everybody knew.',
    strength: 'You give a direction that others can follow.',
    advice: 'Say in one sentence what should have been different after a year.',
  },
  people: {
    cue: /\b(team|colleagues?|together|we|listen\w*|feedback|help\w*|mentor\w*|hire\w*|hiring|customers?|somebody else|comments)\b/gi,
    none: 'No other person appears in your answers.',
    low: 'Others appear, but not what you did for them.',
    middle: 'You work well with others; how you help them grow stays open.',
    high: 'You say what you did so that others could do their work better.',
    strength: 'You have the others in mind.',
    advice: 'Tell of one person who does something today because of what you did.',
  },
  decision: {
    cue: /\b(decide\w*|decisions?|choose|chose|chosen|agreed|picked|risks?|start with|said no)\b/gi,
    none: 'You tell of no decision that was yours.',
    low: 'Things were decided; that it was you is not said.',
    middle: 'You decide, and give one side of it.',
    high: 'You say what you decided, against what, and what came of it.',
    strength: 'You decide, and can say why.',
    advice: 'Take one decision that was hard, and say what spoke against it.',
  },
};

export const TOO_SHORT = {
  why: 'Your answers are too short to judge this.',
  next: 'Give your next answer four sentences: what it was about, what you did, why, and what came of it.',
  improvement: 'Say more: with a sentence or two nobody can tell what you can do.',
};

const ADVICE = 'Take one answer and add an example of your own to it.';

export const adviceFor = (criterion) => COACHING[criterion]?.advice ?? ADVICE;

/** What a better answer could be, by what was asked. It leaves open what only the person knows. */
const BETTER = [
  [/brought you|why this|tell me about yourself/i,
    'I began in [where you started], and noticed that I stayed late for one kind of task: [that task]. So I moved towards it step by '
      + 'step, last with [a piece of work], and that is what I would like to do here every day.'],
  [/disagree/i,
    'We disagreed about [the matter]. I first asked what worried my colleague, then wrote down both risks in a few lines. We agreed to '
      + '[what you did], and looked again after two weeks: [what came of it].'],
  [/mistake|went wrong|fail/i,
    'I once [the mistake], and it cost [how much]. I told the people concerned the same day, repaired it by [what you did], and changed '
      + '[the rule or the tool] so that it cannot happen again. It has not since.'],
  [/urgent|priorit|comes first/i,
    'I ask of each thing what breaks if it waits until tomorrow, and begin with what does. Last time that was [the first thing]; '
      + '[the other] could wait, and I told those who waited for it when it would be done.'],
  [/good enough|quality/i,
    'Before I begin I write down what it has to do, and how I will know. It is good enough when that holds, when somebody else '
      + 'understood it without me, and when what is left would cost more than it brings, as with [an example].'],
  [/learn/i,
    'I learned [one thing] when [the occasion]. I use it each week: last time in [a piece of work], where it saved [how much].'],
  [/help/i,
    'After half an hour without progress I ask. I say what I tried, what I expected and what happened instead, so that the other one '
      + 'can begin where I stopped. Last time that was [the case], and it took ten minutes instead of a day.'],
  [/three months|achieve|first (weeks|year)/i,
    'In the first month I would learn how things are done here and repair something small. By the third I would like to have made '
      + '[one problem of your customers] go away, and to be able to show it by [a number].'],
  [/problem|challenge|hard|difficult/i,
    'The problem was [what went wrong], about [how often]. I measured first, found [the cause], and tried [the smallest change]. After '
      + 'that it happened [how often] instead; today I would look at [what you overlooked] sooner.'],
];
const BETTER_OF_ANY = 'One case of that was [the situation]. My part was [what was yours to do]. I did [what you did] because [why], and '
  + 'it ended with [what came of it, with a number if there is one].';

export function betterAnswer({ question }) {
  return BETTER.find(([asked]) => asked.test(question.text))?.[1] ?? BETTER_OF_ANY;
}
