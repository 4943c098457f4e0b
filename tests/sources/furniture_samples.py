"""Page furniture of several makes, and articles to set into it; all written for these tests."""

HEADERS = (
    "Skip to content\nHome\nWorld\nPolitics\nBusiness\nOpinion\nCulture\nSports\nSubscribe\nSign In\n",
    (
        "MENU\n\nThe Harbour Gazette\n\n  • News\n    • Local\n    • National\n    • Europe\n  • "
        "Markets\n  • Video\n  • Podcast\n  • About\n"
    ),
    (
        "Log in | Register | Newsletters\n\nHome / World / Europe\n\nWe use cookies to improve "
        "your experience on our site.\nAccept all cookies\n"
    ),
    (
        "Advertisement\n\nFree Trial\n\nSearch\n\nTop Stories\n  • Storm closes ferry ports in "
        "the north\n  • Chess champion retires at forty\n"
    ),
)
TAILS = (
    (
        "Share this:\nFacebook\nTwitter\nWhatsApp\n\nRelated articles\n\nPort strike enters "
        "third week as talks stall\n\nHow a bakery won the city\n\n"
        "Leave a Comment\n\nYour email address will not be published. Required fields are marked.\n"
    ),
    (
        "About the author\n\nMara Quill is a columnist who writes about gardens and has been the "
        "head of the Quill Foundation since 2019.\n\n"
        "© 2023 The Harbour Gazette. All rights reserved.\nPrivacy Policy\nTerms of Use\n"
    ),
    (
        "Most Read\n\n  • Minister Orsk denies knowing the banker\n    Minister Orsk denies "
        "knowing the banker\n  • Mayor Tam to visit Lisbon\n"
        "    Mayor Tam to visit Lisbon\n\nFollow us on Facebook\n\nContact us\n"
    ),
    (
        "To read the full story\n\nSubscribe to read\n\nWhy HGX\n\nHGX is the leading provider "
        "of news and analysis for the harbour trade. "
        "We use a unique blend of research and reporting to serve our clients and their teams.\n"
    ),
    (
        "By Harbour Gazette\nHarbour Gazette is an investigative news platform that covers the "
        "economy of the coast and of the islands.\n\n"
        "More like this\n\nFerry fares to rise in spring\n\nLondon, July 1, 2023 (HG) - The ferry company said...\n"
    ),
)
BOXES = (
    (
        "Related News\n\n  • Envoy Harl met Premier Vost, sources say\n  • What is the Amber "
        "Treaty?\n  • Ministry rejects the plan\n"
    ),
    "Thank you for reading this post, don't forget to subscribe!\n",
    "Also read: Envoy Harl met Premier Vost in Riga\n",
    "Sign up for our newsletter and get the best stories in your inbox every morning.\n",
    "Premier Vost greets reporters in Riga on Monday. Photo: AFP/Lena Ort\n",
)
LEAKS = (
    "Harl",
    "Vost",
    "Orsk",
    "Quill",
    "Tam to visit",
    "HGX",
    "Harbour Gazette",
    "cookies",
    "Facebook",
    "Podcast",
    "newsletter",
    "subscribe",
    "Port strike",
    "Ferry fares",
    "Chess champion",
    "Markets",
    "Comment",
    "Privacy",
    "Home",
)
"""Words that only furniture has."""

TITLE = "Norway and Chile sign fisheries accord after long talks"
BODY = (
    (
        "OSLO — Norway and Chile signed an accord on fisheries on Tuesday after talks that had "
        "lasted for almost three years."
    ),
    "The foreign ministers of the two countries put their names to the text in Oslo, officials said.",
    "“This is a good day for both of our nations,” the Chilean minister said. “We did not expect it to be so hard.”",
    "WHAT COMES NEXT",
    "The accord must still be approved by both parliaments. It is not clear when the vote will be held.",
    "He declined to comment.",
    "Norway has promised to share data on stocks with Chile, and Chile will open two of its ports to Norwegian ships.",
    "Opposition leaders in Santiago said that they would vote against the accord if it was not changed.",
)


def page(header: str, box: str, tail: str, *, date: str = "June 27, 2023") -> str:
    """A dump of a page: the article between a header and a tail, with a box after its third paragraph."""
    parts = [header, TITLE, date, *BODY[:3], box.rstrip("\n"), *BODY[3:], tail]
    return "\n\n".join(parts)
