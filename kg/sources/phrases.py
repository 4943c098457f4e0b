"""Words by which page furniture is known: regular expressions, case ignored, one alternative a line."""

WHOLE_LINES = (
    r"skip (?:to )?(?:main |the )?(?:content|navigation).{0,20}|(?:main )?menu|navigation|search|home",
    r"close|print|e-?mail|save|copy link|(?:start (?:your )?)?free trial|sign (?:in|up|out)|log ?in",
    r"log ?out|register|subscribe(?: now| today)?|donate|my account|share|tweet|facebook|twitter|x",
    r"instagram|whatsapp|linkedin|reddit|pinterest|telegram|youtube|tiktok|threads|bluesky|rss",
    r"advertisements?|sponsored|promoted|loading|listen|play|next|previous|back to top|scroll to top|top",
    r"reply|expand|download|gallery",
    r"(?:read|see|view|load|show|learn|discover|find out) (?:more|all|less)(?: .{0,60})?",
    r"view (?:all|our) .{1,80}|all (?:news|articles|reports)",
    r"(?:read|get|see) (?:the )?(?:full|whole|original|complete) (?:article|story|report|piece|post)\b.{0,60}",
    r"\d[\d,.]* ?(?:words|comments?|shares?|views?|likes|reads)|\d+[ -]min(?:ute)?s?(?:[ -]read)?",
    r"(?:reading time|read time)\b.{0,20}|(?:[\w.+-]+@[\w-]+(?:\.[\w-]+)+)",
    r"(?:phone|tel|telephone|fax|mobile|e-?mail|whatsapp)(?: us)?\s*[:.]\s*\S.{0,60}",
    r"\+?(?:[\s()-]*\d){9,16}|(?:email|follow|contact|join|write to) us(?: on .{1,40}| at .{1,60})?",
    r"send .{1,40} to\b.{0,50}@.{1,50}|for advertis\w+\b.{0,60}|(?:accept|reject|manage)(?: all)? cookies",
    r"cookie (?:policy|settings|preferences|consent|notice)|\d{1,2}(?:s|m|h|d|w| \w+) ago",
    r"about us|contact us|site ?map|careers|advertise(?: with us)?|privacy(?: policy)?|help|faqs?|comment policy",
    r"terms(?: (?:of|and|&) \w+)?",
    r"\d{1,2}[smhdw] \| .{1,30}|(?:published|posted) in .{1,30}|×.{0,40}|.{0,10}how can i help you.{0,10}",
    r"share (?:post|this(?: \w+)?|article|on|via)|chat with us|technical partner\b.{0,40}",
)
"""Units that are furniture as a whole (bullet and final punctuation aside)."""

LINE_STARTS = (
    r"(?:please |click here to |tap to |or )?subscribe (?:to (?:our|the|my|receive|get)|for|now|today)",
    r"(?:please |click here to |tap to |or )?(?:sign up (?:for|to|now|today)|log in to|register (?:now|to|for free))",
    r"(?:thank you|thanks) for (?:reading|visiting|subscribing|signing up)",
    r"(?:do not|don['’]?t) (?:forget to|miss (?:out|our))",
    r"(?:also|read also|see also|also read|read more|read next|related(?: \w+)?|recommended)\s?:",
    r"(?:watch|listen|more on this)\s?:",
    r"click here (?:to|for)|(?:follow|like|find|join) (?:us|me|our \w+) (?:on|at)",
    r"(?:keep|stay) (?:updated|informed|tuned|connected)[,.:; ]",
    r"get (?:our|the) .{0,60}(?:newsletter|inbox|app)\b|download (?:our|the) .{0,30}app\b",
    r"share (?:this|on|via|to|the article)\b",
    r"(?:we|this (?:web)?site|our (?:web)?site|by using this).{0,40}\bcookies\b",
    r"(?:©|copyright\b)\s*(?:©|\(c\)|the\b|by\b|\d{4})|\(c\)\s*\d{4}",
    r"your (?:e-?mail address|privacy) (?:will|is)|(?:required fields|notify me of|save my name)",
    r"this site (?:uses|is protected)",
    r"(?:\(|\[)?(?:additional )?reporting (?:by|from) [A-Z].{0,200}(?:editing|writing|;)|our standards:",
    r"all rights reserved",
    r"this (?:article|story|post|piece) (?:was |has been )?(?:originally |first )?(?:re)?(?:published|appeared)\b",
    r"(?:enable|please enable) (?:javascript|cookies)",
    r"(?:you are|you['’]re) (?:reading|using) (?:an?|one of)|support (?:our|independent) journalism",
    r"(?:photo|photograph|image|picture|file photo|photo credit|image credit)s?\s?(?::|by\b|credit|courtesy|©)",
)
"""Beginnings of units of furniture."""

LINE_PARTS = (
    r"all rights reserved|follow .{0,60}google news|(?:sign|signing) up .{0,40}newsletter",
    r"newsletter.{0,60}\binbox\b|moderation decisions are|unsubscribe at any time",
    r"by (?:clicking|signing up|subscribing|continuing).{0,30}you (?:agree|accept|consent)",
)
"""Words that betray a unit of furniture wherever they stand in it."""

BOX_HEADS = (
    r"related(?: (?:news|articles?|stories|topics?|posts?|content|reading|coverage|links|videos?))?",
    r"(?:you )?(?:may|might) (?:also )?(?:like|be interested in)|(?:you (?:may|might) also like)",
    r"more like this",
    r"more (?:on this(?: story)?|stories|news|articles|headlines|to read|in \w+)",
    r"more (?:videos? |news |stories )?from .{1,40}",
    r"(?:top|latest|breaking|recent|popular|trending|featured|other) (?:news|stories|posts?|articles|headlines)",
    r"(?:top|latest|recent|popular|trending|featured|other) (?:videos|reads|comments)",
    r"most (?:viewed|read|popular|shared|commented|watched|recent)(?: \w+)?|trending(?: now)?",
    r"popular(?: now)?|recommended(?: for you| reading)?|editor['’]?s['’]? (?:picks?|choice)|features",
    r"videos|podcasts|multimedia|tags|filed under\b.{0,60}|(?:read|up|what to read) next|also read",
    r"read also|must reads?|do not miss|don['’]t miss|promoted (?:content|stories)",
    r"sponsored (?:content|stories)|from our partners|(?:from )?around the web|paid content",
    r"newsletters?|our newsletters?|get the newsletter",
    r"in case you missed it|in this section|explore more|keep reading",
)
"""Headings of lists of other pages; the list is furniture too."""

END_MARKS = (
    r"(?:\d+ |view |show |recent |(?:post|add|leave|write) (?:a |your )?)?comments?(?: \(\d+\)| \d+)?",
    r"leave a reply|join the (?:conversation|discussion)",
    r"to (?:read|continue|unlock|access|view) (?:the (?:full|rest|complete|entire)|this|more)\b.{0,40}",
    r"(?:subscribe|sign in|log in|register) to (?:read|continue|keep reading|unlock|access|view)\b.{0,50}",
    r"(?:already (?:a |have an? )(?:subscriber|member|account|subscription)).{0,30}",
    r"about the (?:author|writer|editor|journalist|contributor)s?|author bio(?:graphy)?",
    r"this (?:content|article|story) is (?:only )?(?:for|available to) (?:our )?(?:subscribers|members).{0,30}",
    r"(?:(?:©|copyright)\s*(?:©|\(c\))?\s*(?:the\b|by\b|\d{4})|\(c\)\s*\d{4}).{0,80}",
)
"""What stands behind the last word of an article."""


_SECTION_WORDS = """
about advertise africa americas analysis archive archives arts asia books business careers climate contact corporates
culture e-paper economics economy education entertainment environment epaper europe events features food gallery global
health home international jobs latest life lifestyle live local login magazine markets menu money more national news
newsletters opinion opinions photos pictures podcast podcasts politics register science search sections shop sport
sports stocks style subscribe supplement tech technology topics travel trending uk us video videos weather world
"""
SECTIONS = frozenset(_SECTION_WORDS.split())
"""Words that menus of news pages are made of."""

_STOP_WORDS = """
a about after against all also an and any are as at be because been before between both but by can could did do does
during each for from had has have he her his how i if in into is it its may more most much new no not of on one only or
other our out over own said says she should so some such than that the their them then there these they this those
through to under up was we were what when where which while who why will with would you your
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())
"""Words that prose cannot do without and menus can; the idea is Pomikálek's (jusText, 2011)."""
