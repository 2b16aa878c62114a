#!/usr/bin/env python3
"""Makes a small crawl to try kithkin on: invented articles, and copies as the world makes them.

    scripts/make_demo_crawl.py DIRECTORY [--labels FILE]

Writes DIRECTORY/agencies.jsonl, one line of which is broken on purpose, and
DIRECTORY/sites.jsonl.gz. With --labels also a TSV "id cluster" that says which documents are
copies of one article. All places, people and events are made up; every run writes the same bytes.
"""
import argparse
import gzip
import json
import re
import unicodedata
from pathlib import Path

# --- What happens to a text on its way from one page to another -----------------------------------


def translate(text, source, target):
    return text.translate(str.maketrans(source, target))


def replace_words(text, words):
    for plain, changed in words.items():
        text = re.sub(rf"(?<!\w){plain}(?!\w)", changed, text)
    return text


def type_lazily(text):
    """Arabic as it is often typed: no hamzas on alef, heh for teh marbuta, yeh for alef maksura."""
    return translate(text, "أإآةى،", "اااهي ")


def shape(text):
    """Arabic as old systems store it: each letter replaced by the form it is drawn in."""
    forms = {}
    for code in range(0xFE70, 0xFEFD):
        kind, *letters = unicodedata.decomposition(chr(code)).split() or [""]
        forms["".join(chr(int(letter, 16)) for letter in letters), kind] = chr(code)
    units = re.findall("ل[اأإآ]|.", text)
    shaped = []
    for before, unit, after in zip([""] + units, units, units[1:] + [""]):
        joins_before = (before, "<initial>") in forms and (unit, "<final>") in forms
        joins_after = (unit, "<initial>") in forms and (after, "<final>") in forms
        kind = {(False, False): "<isolated>", (False, True): "<initial>",
                (True, True): "<medial>", (True, False): "<final>"}[joins_before, joins_after]
        shaped.append(forms.get((unit, kind), unit))
    return "".join(shaped)


def use_arabic_digits(text):
    text = re.sub(r"(?<=\d)\.(?=\d)", "٫", text)
    text = re.sub(r"(?<=\d),(?=\d)", "٬", text)
    return translate(text, "0123456789", "٠١٢٣٤٥٦٧٨٩")


def write_persian_on_an_arabic_keyboard(text):
    return translate(text, "یک۰۱۲۳۴۵۶۷۸۹", "يك٠١٢٣٤٥٦٧٨٩").replace("\u200c", "")


def use_devanagari_digits_and_one_code_nuktas(text):
    for pair, one in (("ड\u093c", "\u095c"), ("ढ\u093c", "\u095d"), ("ज\u093c", "\u095b")):
        text = text.replace(pair, one)
    return translate(text, "0123456789", "०१२३४५६७८९")


def widen(text):
    """ASCII letters and digits in the fullwidth forms of East Asian text."""
    return "".join(chr(ord(c) + 0xFEE0) if c.isascii() and c.isalnum() else c for c in text)


def narrow_katakana(text):
    """Katakana in the halfwidth forms of old terminals, voicing marks apart."""
    narrow = {}
    for code in range(0xFF66, 0xFFA0):
        narrow[chr(int(unicodedata.decomposition(chr(code)).split()[1], 16))] = chr(code)
    katakana = re.compile("[\u30a1-\u30fa\u30fc]")
    return katakana.sub(
        lambda m: "".join(narrow.get(c, c) for c in unicodedata.normalize("NFD", m[0])), text)


def use_plain_quotes(text):
    return translate(text, "“”‘’", "\"\"''").replace(" — ", " - ")


def cut(text, sentences, stop=". "):
    """Without its last sentences."""
    return stop.join(text.split(stop)[:-sentences]).strip() + stop.strip()


# --- Articles --------------------------------------------------------------------------------------

FLOOD = """
أدت أمطار غزيرة هطلت مساء الثلاثاء على منطقة وادي السدر إلى سيول جارفة قطعت الطريق الساحلي وعزلت
14 قرية جبلية عن محيطها، وفق ما أعلنته إدارة الدفاع المدني في المنطقة. وقال المتحدث باسم الإدارة
سالم الحوراني إن فرق الإنقاذ أجلت نحو 320 شخصا إلى مدرستين وقاعة رياضية، وإن عائلتين ما زالتا
محاصرتين في مزرعة قرب مجرى الوادي. وأضاف أن ثلاث مروحيات شاركت في العملية منذ الفجر رغم الرياح
القوية. وأعلنت شركة الكهرباء انقطاع التيار عن ستة آلاف مشترك بعد سقوط أعمدة في حي الكروم، متوقعة أن
تنتهي أعمال الإصلاح خلال 48 ساعة. ودعت السلطات السكان إلى تجنب ضفاف الوادي وعدم عبور الجسور
القديمة، فيما قررت مديرية التعليم تعليق الدراسة يومي الأربعاء والخميس. ويتوقع خبراء الأرصاد أن
تتراجع شدة الأمطار تدريجيا ابتداء من مساء الأربعاء، لكنهم حذروا من انزلاقات التربة على السفوح
المكشوفة.
"""

FLOOD_REPORTAGE = """
لم تنم أم ياسين ليلة الثلاثاء. حين سمعت هدير الماء أيقظت أحفادها وصعدت بهم إلى سطح البيت الطيني في
طرف وادي السدر، وبقوا هناك حتى وصلت إليهم المروحية مع أول ضوء. تقول وهي تجفف ألبوم صور العائلة إن
السيل أخذ البقرة والدجاجات، لكنه ترك شجرة الرمان. وفي المدرسة التي تحولت إلى مأوى يوزع متطوعون
الحساء والأغطية، ويقرأ معلم متقاعد الحكايات للصغار كي ينسوا صوت المطر. أما شباب حي الكروم فنظموا
أنفسهم لإزاحة الوحل من البيوت بيتا بيتا، ويقولون إنهم لن ينتظروا الجرافات.
"""

FLOOD_IN_ENGLISH = """
More than 300 people spent the night in two schools and a sports hall after flash floods swept
through the valley of Wadi al-Sidr, cutting the coastal road and leaving 14 mountain villages
without a way out. Helicopters were in the air from first light despite strong winds, and two
families were still waiting for help on a farm near the riverbed, the civil defence said. Six
thousand homes have no electricity. Schools will stay closed until Friday, and residents have been
told to keep away from the old bridges. Forecasters expect the rain to ease by Wednesday evening.
"""

OLIVES = """
توقع اتحاد مزارعي الزيتون في سهل الميرة أن يتجاوز إنتاج هذا الموسم تسعة عشر ألف طن من الزيت، بزيادة
تقارب الثلث عن العام الماضي، بفضل أمطار الربيع وتراجع الإصابة بذبابة الثمار. وقالت رئيسة الاتحاد
هناء القاسم إن المعاصر الإحدى والأربعين ستفتح أبوابها في العاشر من تشرين الأول، أي قبل الموعد المعتاد
بأسبوع، لتخفيف الازدحام الذي شكا منه الفلاحون في المواسم السابقة. وأوضحت أن سعر الصفيحة سيبقى في
حدود ما كان عليه، لأن كلفة القطاف والنقل ارتفعت مع غلاء الوقود ونقص اليد العاملة. ويأمل المنتجون في
تصدير ربع المحصول إلى أسواق جديدة بعد حصول ثلاث تعاونيات على شهادة الجودة.
"""

NEWSLETTER_BEFORE = """
صباح الخير من غرفة التحرير. نبدأ نشرتنا اليوم بخبر طريف: قط رمادي يسكن محطة الحافلات صار له حساب
يتابعه سبعة آلاف شخص، والسائقون يتناوبون على إطعامه. ثم نقف عند الخبر الذي يهم كل بيت في السهل.
"""

NEWSLETTER_AFTER = """
ومن أخبار المدينة أن سوق الكتب المستعملة يعود إلى شارع الحمام القديم يوم السبت بمشاركة خمسة وثلاثين
بائعا، وأن ورشة مجانية لإصلاح الدراجات تقام في ساحة البريد. دمتم بخير وإلى الغد.
"""

PORT = """
وقعت هيئة موانئ الريحان اتفاقا مع ائتلاف هندسي محلي لتوسعة الرصيف الشرقي بكلفة 120.5 مليون دينار، على
أن تبدأ الأعمال في مطلع عام 2027 وتستمر 30 شهرا. ويتضمن المشروع تعميق الحوض إلى 16.5 مترا بما يسمح
باستقبال سفن الحاويات الكبيرة، ومد سكة حديدية طولها 8 كيلومترات تصل الميناء بالمنطقة الصناعية. وقال
المدير العام للهيئة فؤاد الزيات إن الطاقة السنوية سترتفع من 450,000 حاوية إلى 780,000، وإن المشروع
سيوفر 1,200 فرصة عمل دائمة. وطالب صيادون في الميناء القديم بضمانات تحفظ لهم مراسيهم خلال فترة البناء،
فوعدت الهيئة بتخصيص رصيف مؤقت طوله 300 متر وإعفائهم من رسوم الإرساء عامين كاملين.
"""

WEATHER_ON_SUNDAY = """
تتوقع دائرة الأرصاد الجوية أن يكون الطقس يوم الأحد غائما جزئيا على المناطق الساحلية، مع فرصة لسقوط
أمطار خفيفة على المرتفعات الشمالية بعد الظهر. وتتراوح درجات الحرارة العظمى بين 21 و24 درجة مئوية
والصغرى بين 11 و13 درجة. وتكون الرياح شمالية غربية معتدلة السرعة تنشط أحيانا على الساحل، ويكون البحر
متوسط ارتفاع الموج. وتنصح الدائرة السائقين بالانتباه إلى خطر تدني مدى الرؤية الأفقية بسبب الضباب في
ساعات الصباح الباكر. وتدعو الدائرة الجميع إلى متابعة نشراتها عبر موقعها وصفحاتها الرسمية، وتذكر بأن حالة
الطقس قد تتغير من ساعة إلى أخرى تبعا لحركة الكتل الهوائية.
"""

WEATHER_ON_FRIDAY = """
تتوقع دائرة الأرصاد الجوية أن يكون الطقس يوم الجمعة حارا وجافا في معظم المناطق، مع ارتفاع ملموس يجعل
الحرارة أعلى من معدلها السنوي بنحو ست درجات. وتتراوح درجات الحرارة العظمى بين 36 و39 درجة مئوية
والصغرى بين 22 و25 درجة. وتكون الرياح جنوبية شرقية نشطة السرعة مثيرة للغبار في البادية، ويكون البحر
خفيف ارتفاع الموج. وتنصح الدائرة المواطنين بالإكثار من شرب الماء وعدم التعرض المباشر لأشعة الشمس وقت
الظهيرة. وتدعو الدائرة الجميع إلى متابعة نشراتها عبر موقعها وصفحاتها الرسمية، وتذكر بأن حالة الطقس قد
تتغير من ساعة إلى أخرى تبعا لحركة الكتل الهوائية.
"""

TELEGRAM_TO_MAYOR = """
بعث رئيس مجلس بلديات الساحل نعمان الخطيب برقية تهنئة إلى عمدة مدينة بندر الياسمين السيد راشد المرزوقي
بمناسبة الذكرى الخمسين لتأسيس مدينته. وأعرب رئيس المجلس، باسمه وباسم أعضاء المجلس، عن أصدق التهاني
وأطيب التمنيات بدوام الصحة والتوفيق، راجيا أن تتوج العلاقات الطيبة بين الجانبين بمزيد من التعاون لما
فيه خير المنطقة وأهلها. وأشاد في برقيته بخط الحافلات الذي صار يصل المدينتين، وبمشروع المياه المشترك.
"""

TELEGRAM_TO_UNIVERSITY = """
بعث رئيس مجلس بلديات الساحل نعمان الخطيب برقية تهنئة إلى رئيسة جامعة الرافدين الأهلية الدكتورة ليلى
الصباغ بمناسبة فوز فريق من الجامعة بجائزة العمران. وأعرب رئيس المجلس، باسمه وباسم أعضاء المجلس، عن
أصدق التهاني وأطيب التمنيات بدوام الصحة والتوفيق، راجيا أن تتوج العلاقات الطيبة بين الجانبين بمزيد من
التعاون لما فيه خير المنطقة وأهلها. ونوه بالبحوث التي أجراها الفريق لترميم البيوت القديمة في المرفأ.
"""

MANUSCRIPT = """
عثر باحثون في خزانة المسجد العتيق ببلدة عين الرمان على مخطوط في علم الفلك يرجح أنه كتب قبل ستة قرون،
بعدما ظل منسيا بين سجلات الأوقاف. ويضم المخطوط مئة وأربع عشرة ورقة ورسوما ملونة لمنازل القمر ومسارات
الكواكب، ويختلف خط صفحاته الأخيرة عن خط أوله، ما يدل على أن ناسخين اثنين تعاقبا عليه. وتعتقد الباحثة
سلمى العطار أن صاحبه كان قاضيا يرصد الأهلة من سطح بيته، لأن الهوامش مليئة بملاحظات عن الغيوم ومواعيد
الصوم. وسيعرض المخطوط للجمهور بعد ترميم غلافه الجلدي وتصويره تصويرا رقميا كاملا.
"""

FOOTBALL = """
خطف نادي المرفأ فوزا ثمينا من ضيفه اتحاد السهل بهدفين مقابل هدف في المباراة التي جمعتهما مساء الجمعة
ضمن الجولة الثامنة من الدوري. وتقدم الضيوف مبكرا عبر ركلة حرة نفذها باسل نجم في الدقيقة التاسعة، قبل
أن يدرك المهاجم الشاب يزن الكيلاني التعادل برأسه مع نهاية الشوط الأول. وفي الوقت بدل الضائع سدد
البديل عمر السقا كرة بعيدة ارتطمت بالقائم وسكنت الشباك وسط فرحة عشرة آلاف متفرج. ورفع المرفأ رصيده
إلى سبع عشرة نقطة في المركز الثالث، بينما تجمد رصيد الاتحاد عند إحدى عشرة نقطة.
"""

NIGHT_TRAIN = """
The night train between Port Wren and the highland town of Calder Moss will return next spring after
a gap of eleven years, the regional transport authority said on Monday. The service will run three
times a week, leaving Port Wren at 9:40 p.m. and arriving shortly after seven the next morning, with
two sleeping cars and one coach for passengers who prefer a seat. Fares will start at 39 crowns.
“People kept asking us for it, mostly because they’d rather wake up in the mountains than fly over
them,” said Ines Hallam, who heads the authority. Environmental groups welcomed the decision — though
they had asked for daily departures. The line was closed after a landslide damaged the Fenn viaduct.
Repairs to its 14 arches were finished in August at a cost of 6.2 million crowns, slightly below the
estimate.
"""

FISH_MARKET = """
La halle aux poissons de Port-Légier, fermée depuis l’incendie de février, rouvrira ses portes le
premier samedi de décembre, a confirmé mardi la mairie. La charpente en chêne a été refaite à
l’identique par onze compagnons, et la verrière, réduite en éclats, remplacée par un vitrage plus
léger. Vingt-six étals ont déjà trouvé preneur ; il en reste quatre, que la municipalité réserve à de
jeunes pêcheurs. « On avait peur que les gens prennent l’habitude d’aller ailleurs », reconnaît
Maëlle Kergoat, poissonnière depuis trente ans. Le chantier aura coûté 2,4 millions d’euros, dont la
moitié à la charge des assurances. Une exposition de photographies retracera l’été où le marché s’est
tenu sous des tentes, sur le parking de l’ancienne gare.
"""

LIGHTHOUSE = """
В посёлке Берёзовая Коса открылся новый маяк-музей: старую башню, погасшую ещё в девяностые годы,
отремонтировали на деньги, собранные местными жителями. На верхнюю площадку ведут 112 ступеней, а в
бывшей комнате смотрителя теперь выставлены вахтенные журналы, линзы и письма моряков. По словам
хранительницы музея Алёны Кудрявцевой, за первую неделю пришло больше тысячи гостей, хотя
рассчитывали от силы на двести. Её отец был последним смотрителем и до сих пор проверяет, горит ли
лампа. Зимой маяк будет работать по выходным, а с мая — ежедневно, кроме понедельника. Вход для детей
и пенсионеров бесплатный, остальные платят столько, сколько считают нужным.
"""

RAINWATER = """
पहाड़ी कस्बे देवलगढ़ के बच्चों ने इस साल अपने स्कूल की छत पर वर्षा जल जमा करने की ऐसी व्यवस्था बनाई है, जिससे
गर्मियों के 90 दिनों तक पीने के पानी की कमी नहीं होगी। विज्ञान की शिक्षिका मीरा नौटियाल ने बताया कि 35
विद्यार्थियों ने पुराने पाइप और मिट्टी के घड़े जोड़कर पहला मॉडल तैयार किया था, जिसे बाद में पंचायत ने 1 लाख 20
हज़ार रुपये देकर पूरा कराया। अब टंकी में 15000 लीटर पानी आ सकता है और हर सुबह दो बच्चे उसका स्तर नापकर दीवार पर
लिखते हैं। पास के चार गाँवों के प्रधान यह काम देखने आ चुके हैं। पंचायत का कहना है कि अगले साल यही व्यवस्था अस्पताल
और बाज़ार में भी लगाई जाएगी।
"""

ELECTRIC_BUSES = """
شهرداری بندر گلرنگ اعلام کرد که از ابتدای هفته آینده اتوبوس‌های برقی در سه خط اصلی شهر به کار گرفته
می‌شوند. به گفته مدیر سازمان اتوبوسرانی، کیوان یزدانی، ۲۴ دستگاه اتوبوس خریداری شده و هر کدام با یک
بار شارژ ۲۵۰ کیلومتر راه می‌پیمایند. رانندگان طی دو ماه گذشته دوره آموزشی دیده‌اند و ایستگاه‌های شارژ در
کنار پایانه‌های شرقی و غربی ساخته شده است. قیمت بلیت تغییری نمی‌کند و دانش‌آموزان تا پایان سال رایگان
سفر خواهند کرد. شهرداری امیدوار است با این کار سر و صدا و دود در مرکز شهر به نصف برسد و اتوبوس‌های
فرسوده تا بهار سال بعد کنار گذاشته شوند.
"""

LIBRARY = """
תושבי השכונה הישנה בנווה ארז חגגו אתמול את פתיחתה מחדש של הספרייה העירונית, שנסגרה לפני שלוש שנים בגלל
סדקים בקירות. המבנה חוזק, הגג הוחלף, ובקומה השנייה נפתח חדר קריאה לילדים ובו שמונת אלפים ספרים. מנהלת
הספרייה, תמר אלקיים, סיפרה כי בזמן השיפוץ אוחסנו הספרים במחסן של מפעל לטקסטיל, ומתנדבים ניקו אותם אחד
אחד. העירייה הקצתה לפרויקט 3.2 מיליון שקלים, ותורם שביקש להישאר בעילום שם מימן את המעלית. הספרייה תהיה
פתוחה בכל ימות השבוע מלבד שבת, ובימי רביעי עד עשר בלילה.
"""

OLD_GAZETTEERS = """
青屿市图书馆昨日宣布，馆内收藏的2400册旧方志已全部完成扫描，读者从下月1日起可以在网上免费阅读。这批方志最早的
一册刻于三百多年前，记录了海岛居民修筑石堤、养殖牡蛎和祭祀海神的情形。馆长林若川说，扫描工作历时18个月，由7名
馆员和30多名志愿者轮流完成，其中最难的是修补被虫蛀坏的书页。图书馆还邀请退休教师为每一册撰写简短的说明，帮助年轻
人读懂旧时的地名和行业用语。下一步，图书馆计划录制老渔民的口述历史，与方志一并公开。市民若家中存有旧照片或信件，
也可以带到馆里免费扫描，原件当天归还。
"""

TRAM = """
海辺の町、汐見浦で二十年ぶりに路面電車が走ることになった。市は26日、港と温泉街を結ぶ4.8キロの路線を、再来年の春
に開業させる計画を発表した。車両は隣の県で使われていたものを譲り受け、バリアフリーのため床を低くする改造を行う。
停留所は11か所で、運賃は大人180円、子ども90円となる見込みだ。市長の早瀬千鶴さんは「車がなくても暮らせる町に
したい」と話す。一方、商店街からは工事中の客足を心配する声も上がっており、市は仮設の駐車場とシャトルバスを用意
する。開業に合わせて、昔の切符やヘルメットを展示する小さなミュージアムも駅舎に設ける予定だという。
"""

FLOATING_MARKET = """
เทศบาลเมืองท่าจันทร์เปิดตลาดน้ำแห่งใหม่ริมคลองบางแก้วเมื่อวันเสาร์ที่ผ่านมา หลังจากใช้เวลาขุดลอกคลองและซ่อมสะพานไม้นานเกือบสองปี
ตลาดแห่งนี้มีเรือขายอาหารมากกว่า 60 ลำ ส่วนใหญ่เป็นของชาวบ้านในพื้นที่ซึ่งนำผลไม้ ขนมไทย และปลาน้ำจืดมาขายเอง
นายกเทศมนตรีสมพร แก้วประเสริฐ กล่าวว่า ต้องการให้ลูกหลานเห็นวิถีชีวิตริมน้ำแบบเดิม และให้รายได้อยู่กับคนในชุมชน
ทางเทศบาลห้ามใช้ถุงพลาสติกภายในตลาด ผู้ขายจึงห่อขนมด้วยใบตองทุกชิ้น ตลาดเปิดทุกวันเสาร์และอาทิตย์ ตั้งแต่หกโมงเช้าถึงบ่ายสองโมง
"""

# --- The crawl -------------------------------------------------------------------------------------


def one_line(text, space=" "):
    return space.join(text.split("\n")).strip()


def documents():
    """(file, article it is a copy of, id, language, source, date, title, text)"""
    flood, olives, port = one_line(FLOOD), one_line(OLIVES), one_line(PORT)
    train, fish, light = one_line(NIGHT_TRAIN), one_line(FISH_MARKET), one_line(LIGHTHOUSE)
    rain, buses, library = one_line(RAINWATER), one_line(ELECTRIC_BUSES), one_line(LIBRARY)
    books, tram = one_line(OLD_GAZETTEERS, ""), one_line(TRAM, "")
    market = one_line(FLOATING_MARKET)
    vowels = {
        "أدت أمطار غزيرة": "أدَّت أمطارٌ غزيرةٌ", "مساء": "مساءَ", "سيول جارفة": "سيولٍ جارفةٍ",
        "الطريق الساحلي": "الطريــق الساحليّ", "فرق الإنقاذ": "فِرَقَ الإنقــــاذ",
        "شخصا": "شخصًا", "العملية": "العمليّة", "ستة آلاف": "ستّةِ آلاف", "ضفاف": "ضِفاف",
        "تدريجيا": "تدريجيًّا", "التربة": "التُّربة",
    }
    pointed = {"שלוש": "שָׁלוֹשׁ", "הגג": "הַגַּג", "לילדים": "לִילָדִים", "ספרים": "סְפָרִים",
               "בלילה": "בַּלַּיְלָה"}
    return [
        # Files of the news agencies: originals, and formula texts that only look alike.
        ("agencies", "flood", "flood", "ar", "sahel", "2026-10-07T06:10:00Z",
         "سيول جارفة تقطع الطرق في وادي السدر", flood),
        ("agencies", "weather-sunday", "weather-sunday", "ar", "sahel", "2026-10-03T16:00:00Z",
         "طقس الأحد: غائم جزئيا", one_line(WEATHER_ON_SUNDAY)),
        ("agencies", "weather-friday", "weather-friday", "ar", "sahel", "2026-07-16T16:00:00Z",
         "طقس الجمعة: حار وجاف", one_line(WEATHER_ON_FRIDAY)),
        ("agencies", "telegram-mayor", "telegram-mayor", "ar", "sahel", "2026-09-21T09:00:00Z",
         "رئيس مجلس البلديات يهنئ عمدة بندر الياسمين", one_line(TELEGRAM_TO_MAYOR)),
        ("agencies", "telegram-university", "telegram-university", "ar", "sahel",
         "2026-09-28T09:00:00Z", "رئيس مجلس البلديات يهنئ رئيسة جامعة الرافدين",
         one_line(TELEGRAM_TO_UNIVERSITY)),
        ("agencies", "olives", "olives", "ar", "sahel", "2026-09-30T11:25:00Z",
         "موسم زيتون وفير في سهل الميرة", olives),
        ("agencies", "port", "port", "ar", "sahel", "2026-10-05T13:00:00Z",
         "توسعة الرصيف الشرقي في ميناء الريحان", port),
        ("agencies", "flood-in-english", "flood-in-english", "en", "coastline",
         "2026-10-07T08:45:00Z", "Villages cut off by flash floods", one_line(FLOOD_IN_ENGLISH)),
        ("agencies", "train", "train", "en", "coastline", "2026-10-12T10:00:00Z",
         "Night train to the highlands returns", train),
        ("agencies", "fish", "fish", "fr", "cotier", "2026-10-13T17:30:00Z",
         "La halle aux poissons rouvre en décembre", fish),
        ("agencies", "lighthouse", "lighthouse", "ru", "kosa", "2026-09-14",
         "Маяк открылся как музей", light),
        ("agencies", "rain", "rain", "hi", "pahad", "2026-08-20",
         "छत पर बारिश का पानी", rain),
        ("agencies", "buses", "buses", "fa", "golrang", "2026-10-01",
         "اتوبوس‌های برقی در راه بندر گلرنگ", buses),
        ("agencies", "library", "library", "he", "erez", "2026-09-09",
         "הספרייה בנווה ארז נפתחה מחדש", library),
        ("agencies", "books", "books", "zh", "qingyu", "2026-10-15",
         "青屿市图书馆开放旧方志", books),
        ("agencies", "tram", "tram", "ja", "shiomi", "2026-10-26",
         "汐見浦に路面電車が復活", tram),
        ("agencies", "market", "market", "th", "thachan", "2026-10-17",
         "เปิดตลาดน้ำริมคลองบางแก้ว", market),

        # Pages of other sites: copies of all kinds, and articles of their own.
        ("sites", "flood", "flood-vocalized", "ar", "qalam", "2026-10-07T07:02:00Z",
         "سُيولٌ تقطع الطرق", replace_words(flood, vowels).replace("،", " -").replace(". ", " … ")),
        ("sites", "flood", "flood-typed", "ar", "muntada", "2026-10-07T09:31:00Z",
         "سيول في وادي السدر", type_lazily(flood)),
        ("sites", "flood", "flood-shaped", "ar", "archive", "2026-10-08",
         "سيول جارفة", shape(use_arabic_digits(flood))),
        ("sites", "flood", "flood-agency", "ar", "marfa", "2026-10-07T06:55:00Z",
         "14 قرية معزولة بعد سيول وادي السدر",
         "مرفأ الريحان (وكالة الساحل) - " +
         cut(flood, 1).replace("320 شخصا", "أكثر من 300 شخص")),
        ("sites", "flood-reportage", "flood-reportage", "ar", "marfa", "2026-10-08T18:00:00Z",
         "ليلة على سطح الطين", one_line(FLOOD_REPORTAGE)),
        ("sites", "olives", "olives-newsletter", "ar", "marfa", "2026-10-01T05:30:00Z",
         "نشرة المرفأ الصباحية",
         one_line(NEWSLETTER_BEFORE) + "\n\n" + olives + "\n\n" + one_line(NEWSLETTER_AFTER)),
        ("sites", "port", "port-digits", "ar", "qalam", "2026-10-05T19:40:00Z",
         "١٢٠ مليونا لتوسعة الميناء", use_arabic_digits(port)),
        ("sites", "manuscript", "manuscript", "ar", "qalam", "2026-09-02",
         "مخطوط فلكي منسي في عين الرمان", one_line(MANUSCRIPT)),
        ("sites", "football", "football", "ar", "marfa", "2026-10-09T21:15:00Z",
         "المرفأ يقلب الطاولة على الاتحاد", one_line(FOOTBALL)),
        ("sites", "train", "train-quotes", "en", "moss-herald", "2026-10-12T14:20:00Z",
         "NIGHT TRAIN RETURNS", use_plain_quotes(train).replace("The night train", "THE NIGHT TRAIN")),
        ("sites", "train", "train-agency", "en", "wren-daily", "2026-10-13",
         "Sleeping cars back on the Calder Moss line",
         "PORT WREN, Oct. 12 (Coastline) — " + cut(train, 1).replace("on Monday", "Monday")),
        ("sites", "train", "train-excerpt", "en", "rails-and-trails", "2026-10-14",
         "Worth a click", cut(train, 4)),
        ("sites", "fish", "fish-decomposed", "fr", "gazette-du-port", "2026-10-14",
         "Réouverture de la halle", unicodedata.normalize("NFD", fish).replace("’", "'")),
        ("sites", "lighthouse", "lighthouse-without-yo", "ru", "berega", "2026-09-15",
         "Маяк-музей", translate(light, "ёЁ", "еЕ").replace(" — ", " - ")),
        ("sites", "rain", "rain-digits", "hi", "ghati", "2026-08-21",
         "बच्चों ने बचाया पानी", use_devanagari_digits_and_one_code_nuktas(rain)),
        ("sites", "buses", "buses-arabic-keyboard", "fa", "shahr-blog", "2026-10-02",
         "اتوبوس برقي", write_persian_on_an_arabic_keyboard(buses)),
        ("sites", "library", "library-pointed", "he", "shkhuna", "2026-09-10",
         "חגיגה בספרייה", replace_words(library, pointed)),
        ("sites", "books", "books-fullwidth", "zh", "haidao", "2026-10-15",
         "旧方志上网", widen(books).replace("，", ", ")),
        ("sites", "books", "books-agency", "zh", "wanbao", "2026-10-16",
         "两千余册方志可在线阅读", "【青屿讯】" + cut(books, 2, "。")),
        ("sites", "tram", "tram-halfwidth", "ja", "minato-bbs", "2026-10-27",
         "路面電車", narrow_katakana(widen(tram))),
        ("sites", "market", "market-cut", "th", "khlong-news", "2026-10-18",
         "ตลาดน้ำใหม่", cut(translate(market, "0123456789", "๐๑๒๓๔๕๖๗๘๙"), 2, " ")),
    ]


BROKEN_LINE = '{"id": "broken", "source": "sahel", "lang": "ar", "text": "انقطع الاتصال قبل أن'


def as_json(document):
    _, _, name, language, source, date, title, text = document
    return json.dumps(
        {"id": name, "url": f"https://{source}.example/{name}", "title": title, "text": text,
         "date": date, "lang": language, "source": source}, ensure_ascii=False)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("directory", type=Path)
    parser.add_argument("--labels", type=Path, metavar="FILE",
                        help="also write which documents are copies of one article")
    options = parser.parse_args()

    everything = documents()
    agencies = [as_json(d) for d in everything if d[0] == "agencies"]
    agencies.insert(7, BROKEN_LINE)
    sites = [as_json(d) for d in everything if d[0] == "sites"]

    options.directory.mkdir(parents=True, exist_ok=True)
    (options.directory / "agencies.jsonl").write_bytes(("\n".join(agencies) + "\n").encode())
    (options.directory / "sites.jsonl.gz").write_bytes(
        gzip.compress(("\n".join(sites) + "\n").encode(), mtime=0))
    if options.labels:
        rows = ["id\tcluster"] + [f"{d[2]}\t{d[1]}" for d in everything]
        options.labels.write_text("\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
