/**
 * What is said in each language, as `tongue.rs` reads it: words of which sentences are made, whatever they are about; the
 * numbers below ten, which nobody who is interviewed is old; and the others. A backslash at the end of a line joins it to
 * the next.
 */
export const WORDS = `
# en
i the a an and or but so my our your his her their its this that these those at in on of from to with for by as is \
was are were be been am do did does have has had will would can could may might must not no yes if when while \
where what which who why how then there here it we you he she they me us them also just well okay ok oh now please \
after before because although during since
zero oh double triple one two three four five six seven eight nine
ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty \
seventy eighty ninety
# de
ich der die das den dem des ein eine einen einem einer eines und oder aber also mein meine meinen meinem meiner \
dein unser unsere ihr ihre ihren ihrem ihrer sein seine er sie es wir man mich mir uns ihn ihm an am in im auf aus \
bei beim mit nach seit von vom zu zum zur für über unter um durch ist war sind waren bin habe hat hatte haben \
werde wird wurde kann konnte muss soll will nicht kein keine ja nein wenn als wo was wer wie warum dann da dort \
hier so auch schon noch nur sehr dass weil bitte nun jetzt danach an
null ein eins zwo zwei drei vier fünf sechs sieben acht neun
zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn zwanzig dreißig dreissig vierzig \
fünfzig sechzig siebzig achtzig neunzig
# es
yo el la los las un una unos unas y e o u pero mi mis tu tus su sus este esta estos estas eso ese esa en de del al \
a con por para sin sobre es era fue soy son ser he ha han había no sí si cuando donde que qué quien como cómo \
entonces aquí ahí lo le les me te se nos él ella ellos también muy ya pues bien luego después
cero un uno una dos tres cuatro cinco seis siete ocho nueve
diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve veinte veintiuno veintiún veintidós \
veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve treinta cuarenta cincuenta \
sesenta setenta ochenta noventa
# fr
je le la les l un une des du de d et ou mais mon ma mes ton ta tes son sa ses notre nos votre vos ce cet cette ces \
en à au aux dans avec pour par sur sans est était suis être ai a as ont avait ne pas non oui si quand où que qu \
qui quoi comment alors là ici il elle ils elles on nous vous tu me m te t se s y j n c aussi très donc puis bien
zéro zero un une deux trois quatre cinq six sept huit neuf
dix onze douze treize quatorze quinze seize vingt vingts trente quarante cinquante soixante septante huitante \
octante nonante
`;
