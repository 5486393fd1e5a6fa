"""Common given names of many countries, folded: they help to see a new person, and whether "she" may be meant."""

from __future__ import annotations

WOMEN = frozenset(
    """
    abby akiko ann ariane babs bev beverley brigitte britta bronwyn dalia deb faye gill jenna jodie justine kara lesley maddie marjorie mel mildred
    millie minnie nellie patsy rhoda roxanne tracey una viola
    abigail achieng ada adele adriana agata agnes agnieszka aileen aisha aisling aiko akua alana alba alejandra
    aleksandra alessandra alessia alexandra alexia alice alicia alina alison aliya alma amal amalia amanda amara
    amber ameera amelia amelie amina amira amy ana anastasia andrea anette angela angelica angelika angelina angie
    anita anja anjali anna annabel anne anneke annette annie annika antje antonia anya aoife april ariana arlene
    astrid asta audrey aurelia aurelie ayesha ayla aylin ayse azra barbara beata beatrice beatriz becky belinda
    bella bernadette bernice beth bethan bethany betty beverly bianca birgit birgitte birgitta blanca bonnie
    brenda briana bridget brid bronwen brooke camila camilla camille candice carina carla carmen carol carole
    carolina caroline carolyn carrie catalina caterina catherine cathy cecilia celeste celia celine cerys chandra
    chantal charlene charlotte chelsea cheryl chiamaka chiara chloe christa christiane christina christine cindy
    claire clara clarissa claudia claudine colette colleen connie constance cora corazon corinna corinne courtney
    cristina cynthia dagmar daisy dana daniela danielle daphne daria darlene dawn debbie debora deborah dee
    deirdre delia denise diana diane dina dolores dominique donna dora doreen doris dorota dorothea dorothy
    earline edith eileen eilidh elaine eleanor elena elif elisa elisabeth elise eliza elizabeth elke ella ellen
    elsa elspeth elvira emilia emily emma emmy erica erika erin esi esmeralda esperanza estelle esther eszter
    eugenia eva eve evelyn ewa faith farah farida fatima fatma federica felicia fernanda fidelma fiona flora
    florence fran frances francesca franziska freda freya frida friederike gabriela gabriele gabrielle gail gemma
    genevieve georgia georgina geraldine gerda gertrud gianna gillian gina ginny giovanna gisela giulia gladys
    gloria grace grazyna greta gretchen grethe guadalupe gudrun gwen gwyneth hadiza halima halina hanna hannah
    hannelore harriet hatice hazel heather hedda heidi heike helen helena helene helga henrietta hilary hilda
    hilde holly hope huda ida ikram ilaria ilse imani imke imogen ines inga inge ingeborg ingrid irena irene irina
    iris irma isabel isabella isabelle isla ivana ivanka ivy jackie jacqueline jadwiga jamila jan jana jane janet
    janice janine jasmin jasmine jean jeanette jeanne jelena jen jennifer jenny jess jessica jill jo joan joana
    joanna joanne jocelyn johanna jolanta josefina josephine joy joyce juanita judith judy julia juliana julie
    juliet june justina justyna jutta kaja kamila karen karin karina karla karolina kate katarina katarzyna kate
    kath katharina katherine kathleen kathrin kathryn kathy katie katja katrin katrina kavita kay kayla kaylee
    keiko kelly kelsey kerry kerstin khadija kim kinga kirsten kirsty kitty klara konstanze kristen kristin
    kristina krystyna laila lana lara lashonda latoya laura lauren laurence lea leah leila lena leonie leonor
    leslie leticia lidia lila lilian liliana lily lina linda lindiwe lindsay lisa lise lisbeth liv livia liz lola
    lore lorena lorna lorraine louisa louise lucia lucie lucille lucinda lucy ludmila luisa luz lydia lynn mabel
    madeleine madison mae magda magdalena maggie mahmuda maia maike maja malgorzata mandy manon mansa manuela mara
    marcela marcia marcy margaret margarita margot margrit marguerite maria mariam mariana marianne marie marilyn
    marina marion marisa marisol marit marlene marta martha martina martyna mary maryam matilda maud maura maureen
    mavis maxine maya meena meenakshi megan mei meike melanie melinda melissa mercedes mercy mere merete meryem
    mette mia michaela michelle mila milena mina mira miranda mirela miriam moira molly mona monica monika morag
    morgan muriel myriam nadia nadine nadja nancy naomi natalia natalie natasha nathalie nell nelly nerida ngozi
    niamh nicola nicole nicoletta nicky nikita nina noemi noor nora noreen norma nuala nuria octavia odette olga
    olivia olya oona ophelia orla outi paige paloma pam pamela pat patience patricia patty paula paulina pauline
    pearl peg peggy penelope penny petra phoebe phyllis pia pilar polly prisca priscilla priya rachel radhika
    rafaela raquel rebecca regina renata renate renee rhiannon rhona rita robin roberta rochelle roisin ronja rosa
    rosalie rosalind rosanna rose roselyn rosemary rosie rowena roxana ruby ruth sabine sabrina sade sadie sally
    salma samantha sandra sandy saoirse sara sarah saskia selin selma serena shannon sharon shauna sheila shelley
    shirin shireen shirley sibel sienna sietske sigrid silke silvia simona simone sinead siobhan sofia sofie sonia
    sonja sophia sophie stacey stefania stefanie stella stephanie sue suda sunita sunny susan susana susanna
    susanne susie suzanne svetlana swati sybille sylvia sylvie tabea tamara tammy tania tanja tanya tara tatiana
    teresa terri tess tessa thandiwe thelma theresa therese tilda tina tine tomoko toni tonya tracy trang trine
    trish trudy uma ursula uschi ute valentina valeria valerie vanessa vera verena veronica veronika vicky
    victoria viktoria violet virginia vivian viviane wanda wendy wilma winnie xenia yael yan yara yasmin yetunde
    yolanda yuki yuko yvette yvonne zainab zanele zara zeynep zoe zofia zuzana zuzanna
    abena adaeze adjoa adwoa afia akosua amaka ananya andreea aneta ania anke anneli annemarie anouk anthea araceli
    aroha arwa asha aud bea bettina bimpe bisi bolanle bunmi carys cath catriona chidinma chika chinwe chioma ciara
    clodagh concepcion conchita danuta deepa divya dolly efua eithne ekaterina elin elske emer enid esra ester etta
    eun evelina ewelina fanny fatou femke fionnuala folake funke funmi funmilayo gabi gita goretti gosia grainne
    greet gulsen halime hana hauwa hege heleen hiba hille hina hollie ife ifeoma ilka iman indira inger ingvild
    ioana iolanda ita itziar iwona jaana jacinta jagoda jasna jaya jemima jowita judit jytte kadri kalpana kamala
    karine kasia katalin katya keira keisha kendra kerrie ketevan kiri kirsi klaudia krista ksenia lakshmi lamia
    latisha laxmi leanne leena leigh lenka letizia ligia lilja linnea ljiljana lotte lourdes lubna luciana ludovica
    luiza lupita madhuri madlaina maite malak malgosia malin malwina manisha marga mariama maribel marieke marija
    marijke marika mariya marja marjan marloes matea mathilde mayumi meera megumi melis merve michiko mieke milica
    minna mireia mireille mirjam miyuki monique montse montserrat morven muna muthoni myra nadege nanami nandini
    nanette naoko neema neha nele nessa nevena ngaire nia nicoleta nika nilufer nisha nkechi nneka noelia nomvula
    nour nuray odile oksana olena omolara oyin padma paivi pallavi parveen patrizia patti pernille philippa pooja
    rachael rada rahel rania ranjana rasa rashmi rebeka reem rekha ria rina ritu riikka rocio romana ronit ronke
    rosaria roser rosita rukmini rumana ruta saara sabina sachiko sadia safiya sakina sanna sanne saida sandhya
    sangeeta sarita satu seema selam shabnam shanti sharmila shazia sheena shira shobha shona shreya siiri silja
    simran sinazo sinem sissel sita snezana solange solene sonali soraya steph stine sujata sumita suneeta surekha
    sushma suvi svenja tahira taina tamar tamsin tandeka taru tatjana temitope terhi thea titilayo toril tove trisha
    tuula ugne ulrike ursina usha vaishali vandana vania vasiliki veerle vesna vibeke vida vidya vigdis vilma wafa
    wambui wangari wanjiru winifred xiomara yasemin yasmina yelena yewande yoko yoli yumi zahra zaida zandile zdenka
    zeina zita ziva brigid sorcha orlaith aoibhe mairead louann lou-ann mary-ann bex lauryn kayleigh chanel shanice
    tanisha latoyah ebony darla rhonda sherry trina tonia wilhelmina hatsue fumiko haruka misaki noriko hyejin jiwoo
    minji seoyeon xiu mei-ling thuy linh siti dewi putri nurul ayu farhana rubina
    """.split()
)

MEN = frozenset(
    """
    ade alfie alvin archie baldur bartek benny cedric clem colm dimitri dwayne eli ernest ethan ewan garry gunnar henning hiro hubert ivor juergen karel
    larry laurence melvin niall paolo perry reginald serge stanley steffen stephane torben vic wallace willie yann
    aaron abdul abdullah abel abraham adam adebayo adrian ahmad ahmed aidan akira alan alasdair albert alberto
    aldo alec alejandro aleksander alessandro alex alexander alexandre alexei alf alfonso alfred alfredo ali
    alistair allan allen alonso alvaro amadou amir amit amos anders andre andreas andrei andres andrew andrzej
    andy angel angus anil anthony antoine anton antonio anwar ari arjan arjun armin arnaud arne arnold arthur
    arturo arvid ashok asif august augusto axel bartosz bas basil bastian bayo ben benedict benjamin benoit
    bernard bernd bert bertrand bill billy bjorn blake bob bobby bogdan boris boyd brad bradley brandon brendan
    brent brenton brett brian bruce bruno bryan burak callum calvin cameron carl carlo carlos carsten cem cesar
    charles charlie chen chinedu chris christian christof christoph christopher chuck chuy clark claude claus clay
    clement cliff clive cody colin conor conrad cormac craig curtis cyril dai daichi dale damian damien dan daniel
    danny dario darius darren dave david davide davie dean declan dennis derek derrick desmond detlef dick didier
    diego dieter dietmar dilwyn dirk dmitri dominic dominik don donald doug douglas duarte duncan dustin dwight
    dylan eamon earl ebo eddie edgar edmund eduardo edward edwin efrain egon ekal elias elijah elliott elmar emeka
    emanuel emil emiliano emilio emmanuel emre enda enno enrico enrique eric erich erik ernesto ernst erwin espen
    esteban etienne eugene eugenio evan ezra fabian fabio fabrice farid federico felipe felix ferdinand fergus
    fernando filip finn florian floyd francesco francis francisco franco francois frank franz fred freddie
    frederic frederick fredrik friedrich fritz gabriel garth gareth gary gavin geoff geoffrey george georg georges
    gerald gerard gerd gerhard gerry giacomo gianni gil gilbert giles gino giorgio giovanni giuseppe glen glenn
    goran gord gordon graham greg gregor gregory guido guillaume guillermo gunther gus gustav gustavo guy hakan
    hal hamid hamish hank hannes hans harald haroun harold harry harsh harvey hassan hector heinrich heinz helmut
    hemi hendrik hennie henri henrik henry herbert herman hermann hernan hideo hiroshi holger horst howard hugh
    hugo humphrey hussein hywel ian ibrahim idris ignacio igor ike imran ingo inigo ioan ira isaac ismail ivan ivo
    iwan jack jacek jacob jacques jaime jake jakob james jamie janek janos janusz jared jarek jaroslav jason
    jasper javier jay jeff jeffrey jens jeremy jerome jerry jerzy jesper jesse jesus jim jimmy joachim joao
    joaquin jochen joe joel jochem joerg johan johann johannes john johnny jon jonas jonathan jordan jorge joris
    jorg jose josef joseph josh joshua juan jules julian julien julio jun junior jurgen justin kai kamal karim
    karl karol karsten keith ken kenji kenny kenneth kevin khalid kieran kirk klaus knut kofi kojo konrad
    konstantin kris krzysztof kurt kwame kyle lachlan landon lars lasse laurent laurence lawrence lech lee leif
    len lenny leo leon leonard leonardo leroy leslie levi lewis liam linus lionel lloyd logan lorenzo lothar lou
    louis luc luca lucas luciano luigi luis luiz lukas luke maarten magnus malcolm malik manfred manny manoj
    manuel marc marcel marcelo marcin marco marcos marcus marek mariano mario marius mark marko markus marshall
    martin marvin masashi massimo mat mateo mateusz mathias mathieu mats matt matteo matthew matthias maurice
    mauricio max maximilian mehmet michael michal michel mick miguel mihai mikael mike mikhail milan miles milos
    mirko mitch mohamed mohammed mohammad morris mortimer morten moses muhammad murat murray mustafa nathan neil
    nelson nick nicholas nico nicolas niels nigel nii nikolai nikolaus nils noah noel norbert norman obi octavio
    odd olaf ole oleg oliver olivier omar onur orlando oscar oskar osman oswald otto owen pablo paddy pascal
    patrick paul paulo pavel pawel pedro per percy pete peter petr phil philip philippe philipp pierre piers piet
    pieter piotr prakash preben przemek qasim quentin rab rafael rafal raimund raj rajesh ralf ralph ramiro ramon
    ramesh randy raul ravi ray raymond reg reggie reinhard rene reto rex rhys ricardo richard rick ricky rob
    robbie robert roberto rod roderick rodney rodrigo roger rohan roland rolf roman ron ronald rommel rory ross
    roy ruben rudi rudolf rupert russell ryan sakura salim salman salvador salvatore sam samir samson samuel
    sandeep sandro santiago scott seamus sean sebastian sergei sergio seth shane shaun shay siegfried silvio simon
    solomon soren spencer stan stanislav stefan stefano stephen steve steven stewart stig stuart sven takeshi
    tariq ted teo terence terry thabo theo theodor thomas thor thorsten tibor tilman tim timothy tobias toby todd
    tom tomas tomasz tomek tommy tony tor tore torsten travis trevor trey tristan troy tunde tyler udo ulf uli
    ulrich urs uwe vaclav vern vernon victor vijay vikram viktor vincent vinod vito vlad vladimir volker wade
    wagner walter walt warren wayne werner wes wesley wilfred wilhelm will willem william willy winston wojciech
    wolfgang wout xavier yannick yasin yusuf yves zac zack zahid zbigniew zoltan
    aapo abdi abdou abebe abhishek abiodun adnan adewale adil agustin ahmet ajay akeem akin alain alejo alfons altaf
    amadeo ambrose amr anand andile andreu ante antero anto antonis arkadiusz arno arun arvo ashraf ashwin atif
    attila avi azeem babatunde bailey baljit barnaby barney barry bart bastiaan baz bela bernhard bhavesh bilal
    birger bjarne bohdan borja bram branko bryn bulent callan cathal ceri chandan chidi chike chukwuemeka ciaran
    ciro conall constantin corey cosimo dag daithi damir danilo danladi darek darragh darryl daryl dawid daz deepak
    demba denis dermot dev devin dhruv dino dinesh diogo domenico donal dougal dragan dries eamonn eberhard edoardo
    eero efe egil einar eirik elio eloi endre enzo erkki ersin esko esteve eugen ezequiel faisal faruk farouk femi
    fergal ferran fintan flemming flurin gabor gaetan gaspar gennaro gerrit gion giorgos girish glyn goncalo gopal
    grzegorz guilherme guus gyorgy haakon habib hakim hamza hari harish harjit hashim heikki hemant herve hisham
    hitesh iestyn ikenna ilya imre ioannis isidro istvan ivar jaakko jago jagdish jalal janne jannik jari jarle
    jaspreet jatin jaume jeroen joakim joaquim jock jordi joost jorma jouni jozef jozsef juha jukka junaid jure
    kacper kaj kalle kamil kareem kaspar kasper kees kelechi kemal kenan ketil khaled kostas kristian kristof kuba
    kuldeep kumar kwabena kwaku kwesi laszlo lajos lauri leandro lino lluis lorcan loris ludo ludwig mads mahesh
    maciej mahmoud malo manish mansoor marijn marten martijn mathis matias mattia maurizio mauro mehdi meinrad
    melvyn melwyn micah mikko milorad miroslav mitja mo mohan moussa mpho mukesh munir musa mustapha nabil nadeem
    narayan naveed neal nikhil niko nikos nilesh njoroge nnamdi nuno oisin okan oleksandr olli omari omondi oriol
    osama otieno ove padraic padraig paras parvez patrik patxi pekka pelle petar petros petter pim podge pradeep
    pramod prasad praveen predrag radek radoslaw radu rafiq raghav raghunath rahim rahul rainer rajan rajiv rakesh
    rami ramin ranjit rasmus razvan remco remi remy renato renzo reuben rhodri riccardo richie rik risto rohit roel
    romain ronan ronny ruaridh rudy ruud rune ryszard saad sacha saeed said sajid salah saleem sameer sami sander
    sanjay sanjeev sascha satish saul sedat segun selim senthil serhat serkan seun shabir shahid shankar shawn
    sherif shyam sigurd silas silvan simen sipho siddharth sizwe slawomir stavros stein steinar stian sudhir sujit
    sulaiman suleiman suleyman sunil suresh syed szymon tadeusz tadhg tapio taras tarek tero teun themba thijs
    thiago thierry tiago timo timur tobi tobiloba tormod trygve tuan tuomas tyrone ugo ulises umar umberto uros
    usman vadim valentin valerio vasco vasil vasile vasyl venkat venkatesh vidar vikas ville vince vinay vishal
    vivek waleed wiktor wim winfried witold wojtek yahya yakubu yash yasser yaw yiannis yogesh youssef yuri yuval
    zaheer zakaria zdenek zeev zenon ziad zoran marlon darnell jamal deshawn tyrell malcom kwasi ekow babak cyrus
    dariush farhan feng ming jian hao kenta ryo shota sota minho jisoo hyun
    """.split()
)
