/**
 * Filler words behind the places where they fill, as `words.rs` reads them. Behind `=` stands the word as which one is
 * counted. A backslash at the end of a line joins it to the next.
 */
export const WORDS = `
# en
sound um, uh, er, erm, uhm, ehm, hm, mm
any i mean, basically, literally, or something like that, and stuff like that, and things like that, or whatever, \
was like=like, were like=like, i'm like=like
aside like, you know, actually, anyway, anyways, right, you see, honestly, obviously
before and you know=you know, but you know=you know, because you know=you know, is you know=you know, \
was you know=you know, you know what i mean, and stuff, or something, if that makes sense
opens so, well
first okay so, yeah so, so yeah
loose sort of, kind of
never uh huh, mm hm, mm hmm, what i mean, i mean it, i mean by, was like a, was like an, was like the, \
was like this, was like that, was like my, was like when, were like a, were like the, were like this, \
were like that, i'm like a, i'm like the
# de
sound äh, ähm, öh, öhm, ehm, hm, mm, tja
any sozusagen, quasi, irgendwie, gewissermaßen, na ja, naja=na ja, im prinzip, im grunde genommen, sag ich mal, \
sage ich mal=sag ich mal, ich sag mal=sag ich mal, ich sage mal=sag ich mal, sagen wir mal, oder so, \
oder so was=oder so, oder sowas=oder so, und so weiter und so fort
small halt
before und so
aside genau, ne, gell, also, eigentlich, an sich, weißt du, wissen sie, verstehen sie, sagen wir
first also
never oder so viele, oder so viel, oder so lange, oder so ein, oder so eine, halt machen, halt machte
# es
sound eh, em, ehm, hm, mm
any o sea, digamos, básicamente, literalmente, por así decirlo, en plan, lo que pasa es que
aside este, esto, pues, bueno, vale, sabes, tipo, a ver, verdad, claro, entonces, no sé, es que
first pues, bueno, a ver, es que
before y tal, y eso, y cosas así, y todo eso
never en plan de, bueno es, bueno sería
# fr
sound euh, heu=euh, hum, hm, mm, ben, bah, beh=ben
any du coup, hein, en gros, on va dire, comment dire, j'ai envie de dire, et tout ça
loose en fait, disons
aside genre, voilà, quoi, bon, enfin, bref, alors, donc, tu sais, vous savez, tu vois, vous voyez
before et tout
opens alors, donc, bon, enfin, bref
never en fait partie, en fait un, en fait une, du coup de
# tied
a an the this that these those what which some any every each one another new same different right only best worst \
certain particular other all no my your his her our their special typical specific on il elle qui nous y j n l
`;
