"""Ordinary English words of titles: what stands first or last in a title and is not among them may be a brand."""

from __future__ import annotations

TITLE_WORDS = """
    cards carrying checkered cords holder holders starry stars stockings zippered
    a ab abacus abdominal able absorbent absorbing abstract ac acacia accent access accessories accessory
    accordion ace acne acoustic acrylic active activity actual adapter adaptor add adhesive adjustable adorable
    adult advanced adventure aerosol africa african after agave age age-appropriate air airtight alarm album
    alcohol alkaline all allergy alloy almond aloe alpha alphabet alternator aluminium aluminum always amazing
    amber america american amp amplifier an analog analogue anatomy anchor anchovies and android angel angle
    animal ankle anniversary anodized antenna anti antibacterial antifreeze antique anvil apart apparel apple
    applicator apricot apron aquarium aquatic arch archery architectural arctic area argan arm armchair armor
    aroma aromatherapy aromatic art artichoke artificial artisan artist artistic as ashwagandha asian asparagus
    assembly assorted assortment at attachable attachment audio auger aunt aurora australia australian austrian
    authentic auto automatic automotive autumn aux avocado award away axle baby back backdrop backlit backpack
    backsplash backup backyard bacon badge badminton bag bagel bait baked baker baking balance ball ballast
    ballet balloon balm baluster bamboo banana band bandage bandana banner bar barbecue barbell barber bare
    barley barn barrel barrier base baseball baseboard basic basil basin basket basketball basmati bat bath
    bathroom bathtub batteries battery bay bbq be beach bead beam bean bear beautiful beauty bed bedroom bedside
    bedspread bedwetting bee beef beginner beige bell beloved belt bench bento berries berry best bestie betta
    better beverage bib bicycle bidet bifold big bike bikini billiard bills bin binder binoculars bio biotin
    birch bird birthday biscuit bit bite black blackberry blackhead blackout blade blank blanket blast bleach
    blend blinds blissful block blood bloom blossom blouse blow blue blueberries blueberry bluetooth blush board
    boat bodice body bodysuit bohemian boho bold bolt bomb bone bonnet bonus book bookcase booklet bookshelf
    boost boot booth border both bottle bottom bouillon bounce bouquet boutique bow bowl box boy boyfriend bra
    bracelet bracket braid brain brake brand brass brave brazilian bread breaker breakfast breast breath
    breathable breeze brew brick bridal bride bridesmaid bridge brie brief bright brightening brilliant bristle
    britain british broadcast broccoli brochure broken bronze broom broth brow brown brownie brush brushless
    bubble bucket buckle buckwheat bud budget buffet bug build built bulb bulk bull bumper bundle bungee bunk
    bunny burger burner burnt burrito bus business butcher butt butterfly button buzzer by byte cabbage cabin
    cabinet cable cacao caddy cafe caffeine cage cake calcium calendar calf california caliper calligraphy
    callus calm camera camp can canada canadian canal candelabra candle candy cane canister canoe canopy canteen
    canvas cap capacity cape capsule car carafe caramel carbon cardboard cardigan cardio care carefree cargo
    carpet carrier carrot carseat cart cartoon cartridge carve case cash cashew cashmere casserole cast castle
    castor casual cat catch catnip cauliflower caulk caviar cctv cedar ceiling celebration celebrity celery
    celestial cell cello cellular cement center central century ceramic cereal certificate certified chai chain
    chainsaw chalk challenge chamber champagne champion chandelier change channel character charcoal charge
    charm charts cheap check cheddar cheerful cheese chef chemical chenille cherries cherry chess chest chew
    chewable chia chic chicken chickpea chiffon child children chili chill chimney china chinese chips chisel
    chocolate choice choker chopper chopping chopsticks christmas chrome chunk chutney cider cilantro cinnamon
    circle circuit circular citrus city claim clamp clarinet clasp class classic classroom clay clean cleanser
    cleansing clear click climbing clip cloak clock clog close closeout closet closure cloth cloud clove club
    clutch coach coarse coast coastal coat coax cocktail cocoa coconut cod coffee coil coin colander cold
    collagen collapsible collar collectible collection collector college cologne colombian color colorful colour
    comb combination combo comfort comfortable comfy comic commercial common compact companies companion company
    compartment compass compatible complete complex component composite compost compressed compression
    compressor computer concealer concentrate concrete condenser condiment conditioner conditioning cone connect
    connection connector conserve console construction contact container contemporary continuous contour control
    convection conversion convertible conveyor cook cookie cookware cool coolant coop copper copy cordless
    cordura corduroy core coriander cork corkscrew corn cosmetic cosmic cosplay cost costume cosy cot cottage
    cotton couch cough count countertop country couple course court couscous cover coverage cow cowboy cozy crab
    crack craft cranberry crate crawler crawling crayon crazy cream create creatine creation creative credit
    creme crepe crew crib crisp crochet crop cross crossbody crossfit crowbar crown cruise crunch crush crystal
    ct cuban cube cucumber cuddly cue cuff cumin cup cupboard cupcake curd curl curry curtain curve cushion
    custom customizable customized cut cute cuticle cutlery cycle cylinder dad daily dainty dairy damage damper
    dance dandruff danish dark darling dart dartboard dash dashcam data date dawn day dazzling ddr dead deal
    decaf decanter deck deco decoration decorative deep deer defense deluxe denim dental deodorant deposit depot
    depth derby dermatologist design desk desktop dessert detachable detail detangler detangling detector
    detergent detox development device diagonal dial diamond diaper diary dice die diet diffuser digestive
    digital dill dim dimmable dining dinner dinnerware dinosaur dip direct directional dirt disc disco dish
    dishcloth dishwasher disinfectant disinfecting disk dispenser display disposable distressed distribution
    dive divided divider doctor dog doll dolphin dome door doormat dot double dough down downlight downspout
    dozen dragon drain drainage drama draper drapes draw drawstring dream dress drill drink drip drive drone
    drool drop drum drumsticks dry drywall dual duck duct duffel duffle dumbbell dummy dumplings durable dust
    dutch duty duvet dvd dvi each ear earbuds earphone earpiece earth earthenware ease easel easter eating ebook
    eclectic eco economy eczema edge edition educational effect efficiency effortless egg eight elastane elastic
    elbow elderberry elderly electric electrical electrolyte electronic elegant element elementary elephant
    elevated elf elite elliptical embossed embroidery emerald emergency empire empty enamel encapsulated
    enchanted end endless energy engine england english engraved engraving enhanced entertainment entry envelope
    equipment equivalent erase ergonomic escutcheon espresso essence essential eternal ethernet ethiopian
    eucalyptus europe european evaporator evening event evergreen every everyday evolution exam excellence
    exchange exclusive executive exercise exfoliating exfoliator exhaust exotic expandable expansion experience
    expert explorer exposure express exquisite extendable extended extender extension exterior external extra
    extract eye eyebrow eyelash eyeliner eyeshadow fabric face facial factory faded fairy falafel fall family
    famous fan fancy fantastic fantasy farm farmhouse fashion fast father faucet faux favor favorite fearless
    feather feature feeder feeding feel feet felt female feminine fence fender fern ferret ferrule fertilizer
    festival fever fiber fiberglass fibre field fifth fig fighter figure figurine file filler filling film
    filter filtration final finder fine finger finish fire firefighter fireplace firm first fish fisherman fit
    fitness five fix fixture flag flakes flame flange flannel flap flare flash flashcards flashlight flask flat
    flatware flavor flavour flawless flax flaxseed fleece flexible flight flip float floodlight floor floral
    florida flour flow fluffy fluid fluorescent flush flushable flute fly foam focus foil fold foldable folk
    food foosball foot football footrest footwear for force forest forever fork form formal formula fortune
    forward foundation fountain four fox fragrance fragrant frame france franks free freedom freestanding freeze
    freight french frequency fresh fridge friend fringe frisbee frog from front frosty frozen fruit fry fudge
    fuel full fun function functional fur furnace furniture fuse fuzzy gain galaxy gallery gallon game garage
    garbage garbanzo garden garland garlic garment gas gasket gate gauge gauze gb gear gel gem gemstone general
    generation generator gentle genuine german ghee ghost giant gift ginger gingham ginseng girl girlfriend
    glacier glam glamorous glass glaze glide glitter global globe gloss glove glow glucosamine glucose glue
    gluten go goat goblet goggles gold golden goldfish golf gorgeous gourmet gown gps gpu grab grade gradient
    graduation grain grams grandma grandpa granite granola granulated grape grapefruit graphic grass grass-fed
    grater gravity gray great greek green greeting grey grid griddle grill grille grind grip grocery groom
    groomsmen groove ground group grout grow growth guacamole guard guava guest guide guinea guitar gum gummies
    gun gutter guys gym hacksaw hair hairbrush hairdryer halal half halloween halogen halter ham hammock hamper
    hamster hand handbag handcrafted handheld handle handmade handwoven hang hanukkah happy hard hardback
    hardcover hardware hardwood harmonica harmony harness harvest hasp hat hatch hawaiian hazel hazelnut hd hdmi
    hdr head headband headboard headlight headphone headset headunit healing health heart heat heavenly heavy
    heavyweight heel height helmet help hemp hen herb herbal herbicide heritage hero hex hibiscus hidden high
    highball highchair hiking himalayan hinge hip historical hitch hobo hockey hole holiday hollow home honey
    hood hoodie hook hoop horizontal horn horse hose hospital host hot hotel hour house household housewarming
    hub hubcap human humidifier humidistat humidity hummus hunter hunting husband hyaluronic hybrid hydrating
    hydration hydraulic hygge hygiene hypoallergenic ice icing icon iconic icy ideal ignition illustrated image
    impact imperial imported improved impulse in incandescent incense inch included includes indian individual
    indoor indulgent industrial infant infantile infinity inflatable infrared ingredients initial injection ink
    innovative insect insecticide insert inside insole inspirational installation instant instrument insulated
    insulation intelligent intense interactive interior interlocking internal international invisible ipad
    iphone ireland iridescent irish iron is island it italian italy item its ivory jack jacket jacquard jade
    jalapeno jam japan japanese jar jasmine jaw jazz jean jelly jerky jersey jet jewel jewellery jewelry jigsaw
    jiu jogger jogging joint joist jojoba jolly journal joy jubilee juice jumbo jump jumpsuit jungle junior just
    jute kale kayak keepsake kefir kelp kennel kenyan keratin keto kettle kettlebell key keyboard keychain
    keypad kick kickboxing kickstand kid kimchi kimono kinetic king kit kitchen kitchenware kitten kiwi knee
    knife knit knitwear knives knob korea korean kosher label lace lacrosse ladder ladies ladle lady laidback
    lamb laminate lamp land landscape lanolin lantern laptop large lasagna laser lash last latch latex lattice
    launch laundry lavender lawn lawyer layer lcd lead leaf leak leakproof lean learning leash leather
    leatherette leaves led left leg legend lemon lemonade length lens lentils lettuce level lever liberty
    library lid life lift light lightning lightweight lily lime limited line linear linen lingerie link lion lip
    lipstick liquid liquor listed lite litre litter little live load loaf lobster local lock locket lodge log
    logo london long loofah loop loose lotion lotus lounge love low lte lubricant lug luggage lullaby lumber
    lumen luminous lunch lure lurex luscious lush lutein luxe luxurious luxury lyocell mac maca macadamia
    macaron macaroni macbook machine made magazine magic magical magnesium magnet magnetic magnifying mahogany
    mail mailbox main maintenance majestic make makeup male mallet mango manicure manual many map maple marble
    marine mark market marmalade mascara masher mask massage master mat match matcha mate material maternal
    maternity mathematics matt matte mattress mature max maxi maximum mayonnaise meal mean measure meat
    mechanical media medical medicine meditation mediterranean medium mega melamine melatonin mellow melon
    membrane memory men merino mermaid mesh message metal metallic meter method metric mexican mexico mic
    micellar micro microfiber microfibre microphone microwave mid midi midnight midwest military milk milkshake
    mill mineral mini minifigures minimalist mint mirror miso mist miter mix mobile mode model modem modern
    mohair moisture moisturizer moisturizing molasses mold mom moment money monitor monkey monogram monster
    montessori month mood moon moonlight mop more morning moroccan mortar mortise mosaic moscow mosquito most
    mother motion motivational motor motorcycle mount mountable mountain mouse mouth mouthwash movement moving
    mozzarella mp3 muesli muffin muffler mug mulberry mulch mule multi multifunction multifunctional multipack
    multiple multipurpose multivitamin mum mural muscle mushroom music musical muslin mustard my mystery mystic
    nail name napkin nappies nappy nas nation's national natural nature nautical navy neck necklace nectar
    needle neon neoprene nest net network neutral new newborn next niacin niacinamide niche nickel night
    nightgown nightlight nightstand nine nitrile no noble noise non nonstick noodle nordic north norwegian nose
    nostalgic not notch note notebook notepad nourishing novel novelty now nozzle number nurse nursery nut
    nutmeg nutrition nutritional nvme nylon o-ring oak oasis oat oatmeal oblong ocean octagon odor of off office
    official oil ointment old oled olive ombre omega on one onesie onion online only onyx oolong opaque open
    optic optical orange orbital orchard orchid order oregano organic organizer organza oriental origin original
    ornament orthopedic oscillating other ottoman ounces our out outdoor outfit outlet outside oval oven over
    overall overnight oversized owl own oxford oxygen pacific pacifier pack packable package packet pad paddle
    paddleboard page paint pair pajama pale paleo palette palm pan pancake panda panel pant panties pantry
    papaya paper paperback paprika parade paradise paris park parka parmesan parrot parsley part pass passion
    passport pasta paste pastel pastry patch path pathway patient patio pattern paver paw pc pci pcie pcs peach
    peacock peak peanut pear pearl peas pebble pecan pedal pedestal pedicure peel peg pegboard pen pencil
    pendant penne pepper peppermint peptide perch perfect performance perfume permanent persian personal
    personalised personalized peruvian pest pesticide pestle pesto pet petite phone photo photocell photography
    piano pick pickle pickleball picnic picture picturesque pie piece pig pilates pillow pillowcase pilot pimple
    pin pine pineapple ping pink pint pipe pirate pistachio pit pitcher pizza pk place placemat plaid plain plan
    plane planet plank plant plantain plaque plasma plastic plate platform platinum play playful playmat playset
    playstation pleated plenty plier plug plum plumbing plunger plus plush plywood pocket pod point pole police
    polish polka polo polyester pomegranate poncho pong pony pool pop popcorn poplin popsicle porcelain pork
    porridge port portable portrait pose posh positive post postcard postpartum posture pot potato pottery pouch
    pound pour powder power powerbank powerful practice prairie prayer pre precision pregnancy premier premium
    prenatal prep preparation preschool present presentation preserves press pressure prestige pretty pretzel
    prevention preworkout priced prime princess print printable prism privacy private prize pro probiotic
    process processor product professional profile programmable project projector promise proof propane protect
    protection protective protector protein prune pry ps4 ps5 psyllium pudding pull pullover pulse pump pumpkin
    punch puppets puppy pure puree purifier purifying purple purpose purse push puzzle pyramid qled quad quaint
    quality quart quartz queen quencher quick quiet quilt quinoa rabbit raccoon race rack racket racquet
    radiance radiant radiator radio radius rafter rail rain rainbow raincoat raised raisin ram ramekin ramen
    ranch random range rapid rare rash raspberries raspberry ratchet rattan rattle ravioli raw rayon razor ready
    real rear rebar receiver recessed rechargeable recipe reciprocating recliner reclining record rectangle
    rectangular recycled recycling red reed reel reference refill reflective refreshing refrigerated
    refrigerator regal register regular regulator reinforced relax relief relish reluctant remote removable
    remover removing renewed repair repellent replaceable replacement reptile rescue resealable resealed resin
    resistance resistant resort rest restaurant retinol retirement retractable retreat retriever retro return
    returnable reusable reversible revival revolution rgb rhinestone rhythm rib ribbon rice rich ride right rim
    ring rinse rip ripple risk river rivet road roast robe robot rock rocket rod roll rollable roman romance
    romantic romper roof room root rope rose rosemary rosewood rotary rotating rotor rough round router row
    royal rubbed rubber ruched ruffle rug rugby ruled ruler run rush russian rust rustic rye sachet saddle safe
    safety saffron sage sail sailor salad sale salicylic salmon salon salsa salt same sample sand sandal
    sandwich sanitary sanitizer sapphire sardines sassy sata satin satisfying sauce saucepan sauna sausage saute
    save savory saw saxophone scale scallop scalp scandinavian scanner scarf scene scenic scent school science
    scissor sconce scone scoop scooter score scottish scout scraper scratch screen screw screwdriver scrub scuba
    sculpture sd sea seafood seal sealable sealant seam seamless seasonal seasoned seasoning seat seaweed second
    secret section sectional secure security seed seedless seersucker selection self selfie seltzer semi
    semolina seniors sensitive sensor separator sequin serenity series serum server serveware service serving
    sesame set seven sewing shade shadow shaggy shake shampoo shape shapewear sharp sharpener sharpening shave
    shawl shea shears sheath shed sheep sheer sheet shelf shell shelter shelves shelving sherbet sherpa shield
    shift shim shine shingle ship shirt shock shoe shoelaces shooting shop short shot shoulder shovel show
    showerhead shrimp shut side sign signature silent silhouette silicone silk silver sim simple single sink
    sippy sisal sister sitting six size skate skateboard skeleton sketch sketchbook skewer ski skillet skin
    skincare skinless skipping skirt skull skylight slate sleek sleep sleepsack sleepwear sleeve sleeveless
    slice slide slim slime sling slip slot slouchy slow small smart smartphone smartwatch smoke smokeless smooth
    smoothie sms snack snake snap snorkel snow snowboard snowman snug snuggle soak soap soccer social sock
    socket soda sofa soffit soft softball softener solar soldering sole solid solution solvent sonic soothing
    sound soundbar soup sourdough soy soybean spa space spackle spade spaghetti spain spandex spanish spare
    spark sparkle spatula speaker special spectrum speed spice spider spigot spike spill spin spinach spiral
    spirit spirulina splash split sponge spoon spork sport spot spotlight spout spray spread spring sprinkler
    sprinkles squad square squash squeaky squeeze squid squirrel ssd stability stackable stacker stacking
    stadium staff stage stain stainless stair stake stamp stand standard staple start state statement station
    stationary stationery statue stay steak steam steel steering stellar stem stemless stencil step stereo
    sterling stevia stew stick stitch stock stockpot stone stoneware stool stop storage store stories storm
    stove straight strainer strap strapless strategy straw strawberries strawberry streak street strength stress
    stretch strike string strip stripe stroller strong structured stud student studio stuffed stuffer stuffing
    stunning sturdy style stylish stylus submersible subscription subtle subwoofer suction suede sugar suit
    suitcase sultan sultanas summer sun sunblock sunflower sunglasses sunrise sunscreen sunset super supplement
    supplies supply support supportive supreme surface surfboard surfing surge surgical surprise surround
    survival suspension sustainable swaddle swan sweat sweatpants sweatshirt swedish sweeper sweet sweetener
    sweetheart swim swimsuit swing swiss switch swivel symbol symphony synthetic syringe syrup system table
    tablecloth tablespoon tablet tabletop tableware tactical tag tahini tail tailgate taillight tailored
    tailpipe talented tall tambourine tan tank tape tapered tapestry tapioca target tarp task tassel taste
    tattoo tea teacher teak team teapot tech teddy tee teen teeth telephone telescope telescopic television
    temperature tempered template temporary ten tencel tender tennis tent tequila terminal terracotta terrarium
    terrier terry terrycloth test texas textbook texture tf thai thanksgiving the theater therapeutic therapy
    thermal thermometer thermoplastic thermos thermostat thick thigh thin this thong thread three throw thumb
    thunder thunderbolt ticket tie tiered tiger tight tile tilt timber time timeless tin tinted tip tire tissue
    titanium to toast toddler toe tofu toggle toilet toiletry tokyo tomato ton tone tongs tongue tool toolbox
    tooth toothbrush toothpaste toothpicks top torch torque tortilla total tote touch touchless touchscreen
    tough tow towel town toy track tracksuit tractor traditional traffic trail trainer training trains
    trampoline tranquil transfer transformer transition transmission transmitter transparent transport trap
    trash travel tray tread treadmill treasure treat treatment tree trekking trellis trend triangle tricycle
    trilogy trim trip triple tripod trivet trolley tropical trouser trout trowel truck true truffle trumpet
    trunk trustworthy tub tube tulle tumbler tummy tuna tunic turbo turkey turkish turmeric turn turntable
    turquoise turtle turtleneck tutu tv tweed tweezers twill twin twist two type typewriter tyre uhd uk ukulele
    ultra ultrafine ultralight ultrasonic ultraviolet umbrella uncle under underwater underwear unfinished
    unicorn uniform unique unisex unit universal universe university unlock unscented unsweetened untreated up
    upgrade upholstery upright us usa usb use utility uv vacation vacuum valance valentine valley value valve
    vampire van vanilla vanity vapor variety vase vegan vegetable vegetarian veggie vehicle veil velcro velour
    velvet velveteen vent ventilated ventilation verified versatile version vertical vest vga vhf vibrant
    vibrating video vietnamese view vintage vinyl violet violin virgin virtual viscose vise visible vision visor
    vitamin vivid vodka voice voile volleyball volt voltage volume vr wafer waffle wagon wainscoting waist
    waistband wakeboard walk-in walker walking wall wallet wallpaper walnut war wardrobe warm warning warrior
    wasabi wash washable washcloths waste watch water watercolor watermelon waterproof watt wave wax way we wear
    wearable weather weatherstrip webcam wedding wedge week weekend weight weightlifting welcome well wellness
    western wet wetsuit wheat wheel wheelbarrow wheelchair whey whimsical whip whisk whiskey whistle white
    whitening whole whole30 wholesale wick wide width wife wifi wig wild wildlife winch window windproof
    windshield wine wineglass wing winter wipe wire wireless wise witch with without wok wolf woman women wonder
    wonderland wood wooden wool work workbench workbook workout workshop worktop world worsted woven wrap wreath
    wrench wrestling wrinkle wrist wristband wristlet writing xbox xl yam yard yarn year yeast yellow yo yoga
    yogurt york young your youth zebra zen zero zinc zincum zip zodiac zone zucchini
"""
"""Small letters, apart by white space. An s, es, ed, ing, er or ly at a word's end need not be listed."""
