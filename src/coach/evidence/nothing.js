/**
 * What answers nothing in a language and, in each second line, what people put around it, as `nothing.rs` reads them.
 * A backslash at the end of a line joins it to the next.
 */
export const WORDS = `
# en
i really don't know, i honestly don't know, i actually don't know, i just don't know, i don't know, don't know, \
i do not know, dont know, i dont know, i didn't know, dunno, i dunno, no idea, have no idea, i have no idea, \
i've no idea, i've got no idea, no clue, i have no clue, have no clue, i don't have a clue, i haven't a clue, \
not a clue, not sure, i'm not sure, i am not sure, i'm not too sure, not really, can't say, i can't say, \
i couldn't say, can't remember, i can't remember, i don't remember, i forget, i can't recall, i don't recall, \
nothing comes to mind, i can't think of anything, i can't think of one, i can't think of any, \
can't think of anything, can't think of one, fine, i'm fine, good, okay, ok, alright, all right, pass, i pass, \
i'll pass, skip, skip it, skip that, let's skip that, next, next question, the next question, nothing, \
nothing really, nothing special, nothing much, nothing in particular, not much, no comment, none, no, nope, nah, \
yes, yeah, yep, sure, maybe, perhaps, whatever, i guess, i guess so, i suppose, i suppose so, i think so, \
i don't think so, it depends, that depends, i have nothing to say, i have none, i don't have one, \
i don't have any, i'd rather not say, no answer, i have no answer, i don't have an answer, let me think, \
let me see, one moment, just a moment, give me a second, sorry, i'm sorry, excuse me, thank you, \
thank you very much, thanks, hello, hi, hey, bye, goodbye, please repeat that, can you repeat that, \
could you repeat that, can you repeat the question, could you repeat the question, i don't understand, \
i didn't understand, i don't understand the question, i didn't understand the question, i don't get it, \
can you hear me
i, it, that, this, about it, about that, about this, of that, to that, with that, on that, for that, to say, \
what to say, how to say, how to answer, how to answer that, how to answer this, the answer, the question, \
anything, anything about that, one, any, really, honestly, to be honest, right now, at the moment, \
off the top of my head, at all, just, now, today, so, and, but, oh, ah, then, please, very much, i think, \
i'm afraid, i must say, i must admit, sir, madam
# de
das weiß ich leider nicht, weiß ich leider nicht, das weiß ich gerade nicht, das weiß ich jetzt nicht, \
ich weiß es leider nicht, ich weiß leider nicht, ich weiß nicht, ich weiß es nicht, ich weiß das nicht, \
weiß nicht, weiß ich nicht, das weiß ich nicht, ich weiss nicht, ich weiss es nicht, weiss nicht, weiss ich nicht, \
das weiss ich nicht, keine ahnung, ich habe keine ahnung, ich hab keine ahnung, hab keine ahnung, \
habe ich keine ahnung, hab ich keine ahnung, kein plan, keinen plan, ich habe keinen plan, ich hab keinen plan, \
keinen schimmer, keine idee, ich habe keine idee, nicht sicher, ich bin nicht sicher, ich bin mir nicht sicher, \
da bin ich mir nicht sicher, kann ich nicht sagen, das kann ich nicht sagen, ich kann es nicht sagen, \
da kann ich nichts sagen, dazu kann ich nichts sagen, ich kann dazu nichts sagen, mir fällt nichts ein, \
mir fällt gerade nichts ein, fällt mir nichts ein, fällt mir gerade nichts ein, da fällt mir nichts ein, \
da fällt mir gerade nichts ein, dazu fällt mir nichts ein, ich erinnere mich nicht, daran erinnere ich mich nicht, \
gut, mir geht es gut, mir geht's gut, ganz gut, sehr gut, passt, okay, ok, alles klar, in ordnung, weiter, \
nächste frage, die nächste frage, bitte weiter, ich passe, überspringen, nichts, gar nichts, eigentlich nichts, \
nichts besonderes, nicht viel, nicht wirklich, nein, nee, nö, ja, jawohl, doch, klar, vielleicht, kommt drauf an, \
es kommt drauf an, das kommt drauf an, kommt darauf an, es kommt darauf an, ich glaube, ich glaube schon, \
ich glaube nicht, ich denke schon, kein kommentar, keine, keiner, keines, moment, einen moment, moment mal, \
lassen sie mich überlegen, entschuldigung, tut mir leid, es tut mir leid, danke, vielen dank, danke schön, hallo, \
guten tag, tschüss, auf wiedersehen, wie bitte, können sie das wiederholen, können sie die frage wiederholen, \
könnten sie die frage wiederholen, ich verstehe die frage nicht, ich habe die frage nicht verstanden, \
verstehe ich nicht, das verstehe ich nicht
ich, habe, hab, es, das, da, dazu, darüber, davon, darauf, so, und, aber, jetzt, gerade, grad, leider, wirklich, \
ehrlich, ehrlich gesagt, ganz ehrlich, um ehrlich zu sein, tatsächlich, im moment, momentan, mal, auch, überhaupt, \
bitte, sehr, was ich sagen soll, was ich dazu sagen soll, was ich da sagen soll, wie ich das sagen soll, \
die antwort, die frage, spontan, auf anhieb
# es
no sé, no lo sé, no se, no lo se, yo no sé, ni idea, no tengo ni idea, no tengo idea, no tengo la menor idea, \
ninguna idea, ni la menor idea, no estoy seguro, no estoy segura, no sabría decir, no sabría decirle, \
no sabría decirte, no sabría qué decir, no sé qué decir, no sé decirle, no puedo decir, no recuerdo, \
no lo recuerdo, no me acuerdo, no se me ocurre nada, ahora no se me ocurre nada, no se me ocurre ninguno, \
no se me ocurre ninguna, bien, muy bien, todo bien, vale, ok, okay, de acuerdo, paso, siguiente, \
siguiente pregunta, la siguiente pregunta, la siguiente, pasemos a otra, nada, nada en especial, nada especial, \
nada en particular, nada más, no mucho, poca cosa, la verdad es que no, creo que no, creo que sí, no, sí, si, \
claro, quizás, quizá, tal vez, a lo mejor, puede ser, depende, sin comentarios, ninguno, ninguna, un momento, \
déjame pensar, déjeme pensar, perdón, perdona, perdone, lo siento, gracias, muchas gracias, hola, buenos días, \
buenas tardes, adiós, puede repetir, puede repetir la pregunta, puedes repetir la pregunta, \
me puede repetir la pregunta, podría repetir la pregunta, no entiendo, no entiendo la pregunta, \
no he entendido la pregunta, no entendí la pregunta
yo, mucho, no tengo, lo, eso, esto, de eso, sobre eso, a eso, y, pero, la verdad, de verdad, sinceramente, \
honestamente, realmente, ahora, ahora mismo, en este momento, así, por favor, muy, qué decir, qué decirle, \
qué decirte, qué responder, cómo responder, la respuesta, la pregunta, es que, que
# fr
je ne sais pas, je sais pas, j'sais pas, sais pas, chais pas, je n'en sais rien, j'en sais rien, aucune idée, \
je n'ai aucune idée, j'ai aucune idée, je n'en ai aucune idée, j'en ai aucune idée, pas d'idée, \
je n'ai pas d'idée, j'ai pas d'idée, aucune, aucun, pas sûr, pas sûre, je ne suis pas sûr, je ne suis pas sûre, \
je suis pas sûr, je suis pas sûre, je ne saurais pas dire, je ne saurais dire, je ne peux pas dire, \
je ne me souviens pas, je me souviens pas, je ne m'en souviens pas, je ne me rappelle pas, je me rappelle pas, \
rien ne me vient, rien ne me vient à l'esprit, je ne vois pas, je vois pas, bien, très bien, ça va, ça va bien, \
d'accord, ok, okay, passe, je passe, passons, suivant, suivante, question suivante, la question suivante, \
la suivante, rien, rien du tout, rien de spécial, rien de particulier, pas grand chose, pas vraiment, non, oui, \
ouais, si, peut être, ça dépend, cela dépend, je crois, je crois que oui, je crois que non, je pense que oui, \
sans commentaire, un moment, un instant, laissez moi réfléchir, pardon, désolé, désolée, je suis désolé, \
je suis désolée, excusez moi, merci, merci beaucoup, merci bien, bonjour, bonsoir, au revoir, pouvez vous répéter, \
pouvez vous répéter la question, pourriez vous répéter la question, je ne comprends pas, je comprends pas, \
je ne comprends pas la question, je n'ai pas compris, je n'ai pas compris la question
je, je n'ai, ça, cela, ce, c'est, et, mais, là, là dessus, à ce sujet, sur ce sujet, sur ça, à ça, comme ça, \
à vrai dire, honnêtement, franchement, sincèrement, vraiment, maintenant, pour l'instant, pour le moment, trop, \
du tout, quoi dire, quoi répondre, que dire, que répondre, la réponse, la question, s'il vous plaît, beaucoup, moi
`;
