"""Given names that are common somewhere and are no other word of business: people write them without a capital, too.

Names of places (Paris, Austin, Georgia) and words (Mark, Grace, Will, May, Rob, Bill, Art) are left out.
"""

from __future__ import annotations

from bot.reading.words.text import listed

GIVEN = listed(
    "aaron abdul abigail adam adrian agnes ahmed aisha akira alan albert alejandra alejandro alessandro "
    "alex alexander alexandra alfred ali alice alicia alison allison alvaro amanda amelia amina amir "
    "amit amy ana anastasia andre andrea andreas andrei andrew andy angela anita anja anjali ann anna "
    "anne annette annika anthony anton antonia antonio anya arjun armando arnold arthur arun ashley "
    "astrid ayesha barbara beatrice beatriz ben benjamin bernard bernd beth bianca birgit bjorn bob "
    "boris brandon brenda brian bridget bruno bryan caitlin camila carl carla carlos carmen carol "
    "carolina caroline catherine cecilia celine chen chloe chris christian christina christine "
    "christoph christopher claire clara claudia colin connor craig cristina cynthia dan daniel daniela "
    "danielle david deborah deepak denise dennis derek diana diego dieter dimitri dirk dmitri dominic "
    "donald donna doris dorothy douglas dylan eduardo edward eileen elaine eleanor elena elias elisa "
    "elisabeth elizabeth ella ellen emil emilia emily emma emmanuel enrique eric erica erik erika ernst "
    "esther ethan eugene eva evelyn fabian fatima felicia felipe felix fernanda fernando fiona "
    "francesca francesco francisco francois frederic friedrich gabriel gabriela gareth gary gavin "
    "george gerald gerard gianni gina giovanni giulia gonzalo gordon graham greg gregory greta "
    "guillermo gunther gustavo hannah hans harold harriet hassan heather heike heinz helen helena "
    "helmut henrik henry hiroshi holger hugo ian ibrahim igor ines ingrid irene irina isaac isabel "
    "isabella ivan jack jacob jacqueline jaime jake james jamie jana jane janet jasmine jason javier "
    "jean jeff jeffrey jennifer jenny jens jeremy jerome jessica jill jim jing joachim joan joanna joao "
    "joe joel johan johanna john johnny jonas jonathan jorge jose josef joseph josephine joshua juan "
    "judith juergen julia julian juliana julie julien jurgen justin kai karen karin karl karla karolina "
    "kate katharina katherine kathleen kathy katie katrin keith kelly ken kenji kenneth kerstin kevin "
    "khalid kim kimberly klaus konrad kristen kristin kumar kurt kyle lars latisha laura lauren laurent "
    "lea leila lena leo leon leonardo leslie li liam lina linda lisa liz lorenzo louis louise lucas "
    "lucia luciana lucy luigi luis luisa lukas luke lydia magdalena mahmoud malcolm manfred manuel "
    "manuela marc marcel marco marcus margaret maria mariam marian mariana marie marina mario marion "
    "marius marta martha martin martina mary matt matteo matthew matthias maureen maurice maximilian "
    "megan mehmet mei mei-ling melanie melissa michael michaela michelle miguel mike mikhail milan "
    "mohamed mohammad mohammed monica monika moritz muhammad murat nadia nancy naomi natalia natalie "
    "natasha nathalie nathan neha neil nicholas nick nico nicola nicolas nicole nigel niklas nikolai "
    "nina noah nora norbert norman oleg olga oliver olivia omar oscar oskar otto pablo pamela paolo "
    "patricia patrick paul paula pauline pavel pedro peter petra phil philip philipp philippe phoebe "
    "pia pierre pilar piotr priya rachel rafael rahul rainer raj rajesh ralf ramon raphael raquel raul "
    "ravi raymond rebecca renate ricardo richard rita robert roberta roberto rodrigo roger roland rolf "
    "roman ronald rosa rosie ruben rudolf ruth ryan sabine sally salma samantha samira samuel sandra "
    "sanjay sara sarah sascha scott sean sebastian sergei sergio shannon sharon shirley silke silvia "
    "simon simone sofia sonia sonja sophia sophie stefan stefanie steffen stella stephan stephanie "
    "stephen steve steven stuart sunil susan susanne suzanne sven svetlana sylvia tamara tanja tanya "
    "tara tatiana teresa terry theo theodor theresa thomas thorsten tim timothy tina tobias tom tomas "
    "tony torsten tracy tyler udo ulrich ulrike ursula uwe valentina valeria vanessa vera veronica "
    "vijay vikram viktor vincent vincenzo vladimir walter wei wendy werner wilhelm william wolfgang "
    "xavier xin yan yann yasmin yolanda yuki yuri yusuf yvonne zoe "
)
