"""How buyers write in English: clauses for each aspect, good and bad, and what stands around them."""

from __future__ import annotations

POSITIVE = {
    "logistics": ("it arrived in {days} days, earlier than promised", "delivery was really quick", "the courier brought it right to my door",
                  "ordered at midnight and it shipped the next morning", "tracking was accurate all the way", "got here just in time for the weekend"),
    "price": ("great value for the money", "a bargain with the coupon", "much cheaper than in the shops near me",
              "worth every cent", "hard to find better at this price", "I stocked up during the sale and saved a lot"),
    "service": ("customer service answered every question patiently", "they sent a replacement the very next day", "support replied within a minute",
                "the seller even called to check my address", "returning the other size was painless", "the staff clearly know their products"),
    "quality": ("the quality is excellent", "solid build, nothing feels cheap", "still like new after {days} days of use",
                "well made down to the details", "it feels much more expensive than it was", "sturdy enough to last for years", "the {name} is better made than I expected"),
    "looks": ("it looks even better than the photos", "the {colour} is gorgeous", "simple and elegant design",
              "friends keep asking where I got it", "the colour matches the picture exactly", "it looks lovely"),
    "size": ("it fits perfectly", "true to size", "I followed the size advice and it is spot on",
             "the length is just right", "a little roomy, just as I like it", "dimensions are exactly as described"),
    "comfort": ("so comfortable I forget it is there", "soft and not itchy at all", "comfortable all day long",
                "breathable even when I sweat", "everyone at home finds it comfortable", "neither too soft nor too firm"),
    "scent": ("it smells light and fresh", "no chemical smell at all", "the scent lasts all day without being strong",
              "everyone at home likes the smell", "barely any odour, which I like", "exactly the fragrance I hoped for"),
    "authenticity": ("I checked the code and it is genuine", "identical to the one from the counter", "sealed and clearly original",
                     "fresh date, proper packaging, no doubts", "the serial number is registered", "definitely the real thing"),
    "ease": ("very easy to use", "ready in ten minutes", "easy to look after",
             "my parents figured it out on their own", "takes up no space", "works straight out of the box"),
    "packaging": ("packed with great care", "the box is pretty enough to give as a present", "not a scratch thanks to the padding",
                  "simple recyclable packaging, well done", "each piece is wrapped separately", "unboxing was a pleasure"),
    "taste": ("it tastes wonderful", "not too sweet, just right", "the whole family loves it",
              "rich aroma as soon as you open it", "fresh and full of flavour", "tastes like the one from my childhood"),
    "battery": ("the battery easily lasts {days} days", "charges in half an hour", "I can travel without a charger now",
                "still half full after a long day", "battery life is as advertised", "standby time is amazing"),
    "content": ("clear enough for a complete beginner", "I read it in one sitting", "full of useful examples",
                "beautiful illustrations, my kid asks for it every night", "well organised and easy to look things up", "gently written and heart-warming"),
}  # fmt: skip

POSITIVE["effect"] = ("works better than I hoped", "I could see the difference after {days} days", "it does what it promises",
                      "gentle and effective", "better than the brand I used before", "the whole family uses it now")  # fmt: skip

NEGATIVE = {
    "logistics": ("it took {days} days to arrive", "the parcel came crushed", "they promised 48 hours and shipped after {days} days",
                  "tracking did not move for days", "it was delivered to the wrong address", "the birthday was over before it came"),
    "price": ("overpriced for what it is", "the price dropped the day after I bought it", "not worth the money",
              "I found the same thing for half elsewhere", "the coupon did not work at all", "expensive and still mediocre"),
    "service": ("customer service never answered", "support kept passing me around", "I had to pay for the return myself",
                "only a bot replies, no human anywhere", "still waiting for my refund after {days} days", "the seller was rude about it"),
    "quality": ("it broke after {days} days", "poorly made, rough edges everywhere", "the colour faded within weeks",
                "feels cheap in the hand", "the material is flimsy", "it cracked on the second use", "nothing like the description"),
    "looks": ("the colour is nothing like the photo", "it looks dated", "the {colour} is dull and greyish",
              "the print is crooked", "the pictures are clearly edited", "ugly in real life, sorry"),
    "size": ("runs at least one size small", "far too big on me", "the size chart is wrong",
             "too tight to move in", "much smaller than I imagined", "too short for me"),
    "comfort": ("itchy on the skin", "stuffy and I sweat in minutes", "it rubs the skin red",
                "too hard to be comfortable", "unbearable after half an hour", "it gave me a rash"),
    "scent": ("a strong chemical smell that won't go away", "smells of plastic", "so sweet it gives me a headache",
              "the scent is gone in half an hour", "smells musty", "not at all the fragrance described"),
    "authenticity": ("I doubt it is genuine", "the security code does not check out", "the print is blurry, probably fake",
                     "the seal had been opened", "close to its expiry date and nobody told me", "looks different from the one I bought before"),
    "ease": ("the manual makes no sense", "far too complicated for my parents", "it does not match the instructions",
             "hard to look after", "a fight every time I use it", "small faults all the time"),
    "packaging": ("the box was torn and bent", "just a thin plastic bag, no protection", "the gift box was crushed",
                  "one piece was missing", "the carton was soaked", "far too much plastic"),
    "taste": ("it tastes strange, nobody ate it", "much too sweet", "not fresh, almost rancid",
              "bland as water", "dry and hard to chew", "it upset my stomach"),
    "battery": ("the battery dies within half a day", "it never charges fully", "the battery gave up after {days} days",
                "shuts down at 30 percent", "gets dangerously hot when charging", "loses half its charge overnight"),
    "content": ("shallow and repetitive", "full of typos", "the translation is clumsy",
                "the ending is a waste of time", "the answers in the back are wrong", "too dense, my kid gave up"),
}  # fmt: skip

NEGATIVE["effect"] = ("no effect at all", "nothing changed after {days} days", "the claims are exaggerated",
                      "worse than the cheap one", "it made things worse", "wears off within hours")  # fmt: skip

OPENING_GOOD = ("", "", "", "Very happy with this. ", "Second time buying. ", "Highly recommended! ", "Bought it for my mum and she loves it. ",
                "After a few days of use: ", "A friend told me about this one. ", "Five stars. ", "Better than expected. ")  # fmt: skip
OPENING_BAD = ("", "", "", "Very disappointed. ", "Avoid. ", "I rarely write bad reviews, but ", "I was looking forward to this. ",
               "Do not trust the ratings. ", "Honestly angry. ", "Never again. ")  # fmt: skip
OPENING_MIXED = (
    "",
    "",
    "Mixed feelings. ",
    "It's okay. ",
    "Not bad, not great. ",
    "To be fair, ",
    "After a while: ",
)
BUT = (", but ", "; however, ", ". Sadly ", ", though ", ". The only downside: ")
AND = (", ", " and ", ". Also, ", ", plus ", ". ", "! ")
CLOSING_GOOD = (
    "",
    ".",
    ".",
    "!",
    ". Would buy again.",
    ". Recommended.",
    " 👍",
    " 😄",
    ". Love it!",
    ". Thanks!",
)
CLOSING_BAD = (
    "",
    ".",
    ".",
    ". Sent it back.",
    ". Don't buy.",
    " 👎",
    " 😡",
    ". One star is too many.",
    "...",
    ". Waste of money.",
)
CLOSING_MIXED = ("", ".", ". Three stars.", ". It will do.", ". Up to you.", " 🤔")

TYPOS = (("the ", "teh "), ("really", "realy"), ("quality", "qualtiy"), ("received", "recieved"), ("definitely", "definately"),
         ("beautiful", "beatiful"), ("very ", "verry "), ("it is", "its"))  # fmt: skip
