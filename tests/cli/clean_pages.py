"""A page as sites serve it, in six languages, and the small crawl it stands in. The article is five
paragraphs; behind it come a source line, the headline and the whole text of another article with
headlines of a third, code and a caption in it, and ten headlines of similar articles. All of it is
invented."""
from formula_test import LINES, SENTENCES

CSS = (".story-img-box{ display:block;padding-bottom: 58%;position:relative; overflow: hidden;"
       "height:0px; } .story-img-box img{ object-fit: cover; width: 100%; max-height: 90% "
       "!important;border:0px; margin: 4px auto; float: left; }")

PAGES = {
    "ar": {
        "title": "محافظ تارنا يدعو نقابة البحارة إلى قبول جدول العبّارات",
        "article": [
            "دعا محافظ تارنا سليم الورّاق الاثنين نقابة البحارة إلى القبول بجدول العبّارات الجديد، "
            "في وقت يجتمع فيه مندوبو الطرفين في بلدة المرساة القديمة.",
            "وفي تصريحات أدلى بها قبل عشاء مع رئيس النقابة في دار البلدية، قال الورّاق إن هناك "
            "فرصة حقيقية لاتفاق يعيد القوارب إلى البحيرة قبل حلول الشتاء.",
            "وأوضح أن على النقابة الآن أن تسمّي من سيوقّعون باسمها.",
            "وفي السياق نفسه طلب المحافظ من أحواض السفن فتح رصيف ثان أمام القوارب الصغيرة، قائلا "
            "إن حال الأرصفة الخشبية لا يمكن أن تستمر على ما هي عليه.",
            "وقال خلال جولة في الميناء “أمامنا أسبوعان نستطيع فيهما أن نعيد الصيادين إلى عملهم "
            "والتلاميذ إلى مدارسهم على الضفة الأخرى” مضيفا “على كل طرف أن يتنازل قليلا”."],
        "source": "المصدر: ", "agencies": ["وكالة البحيرة", "صوت الجبل", "بريد السهل"],
        "also": "اقرأ أيضاً:",
        "other": "رئيس نقابة البحارة يفتتح متحف قوارب البحيرة",
        "embedded": [
            "افتتح رئيس نقابة البحارة منصور الدلّال مساء الخميس متحف قوارب البحيرة في مستودع الملح "
            "القديم، بعد أعمال ترميم دامت ثلاث سنوات.",
            "وشكر الدلّال المتطوعين الذين جمعوا أربعين قاربا من قرى الضفتين.",
            "وكان في استقباله مديرة المتحف هدى الصفّار وعدد من أبناء صنّاع القوارب الأوائل.",
            "وقالت المديرة إن الدخول سيكون مجانيا لتلاميذ المدارس حتى نهاية الربيع."],
        "inline": "أخبار ذات صلة",
        "third": ["سوق السمك يعود إلى ساحته بعد عامين", "مطر غزير يؤخر قطار الوادي"],
        "caption": "رئيس نقابة البحارة في متحف قوارب البحيرة - أرشيف",
        "similar": "مقالات مشابهة",
        "titled": [
            ("الثلوج تغلق طريق الجبل لليوم الثالث",
             "بقي طريق الجبل مغلقا لليوم الثالث بعد أن غطته الثلوج. وقالت فرق الصيانة إن الجرافات "
             "لن تبلغ القمة قبل صباح الجمعة."),
            ("مدرسة الخبازين تقبل الفتيات للمرة الأولى",
             "قبلت مدرسة الخبازين في حي الطواحين تسع فتيات هذا العام. وتستمر الدراسة سنتين تبدأ كل "
             "يوم منها قبل الفجر."),
            ("المكتبة العامة تعير آلات موسيقية",
             "بدأت المكتبة العامة تعير روادها أعوادا وكمنجات لمدة شهر. ويُطلب من المستعير أن يعيد "
             "الآلة بأوتارها كاملة.")],
        "unknown": [
            "وزير الأشغال: الجسر العائم جاهز قبل موسم الحصاد",
            "خلاف على مياه النبع بين قريتين.. والقاضي يطلب خريطة أقدم",
            "\"مرصد الطيور\" يحصي ستة آلاف لقلق فوق المستنقع",
            "نقابة النجارين تناقش أسعار خشب الأرز مع التجار",
            "بعد إضراب طويل.. سائقو الحافلات يعودون إلى خطوطهم",
            "رئيسة البلدية: أي ضريبة جديدة على الأسواق ستكون \"آخر الحلول\""],
    },
    "en": {
        "title": "Governor of Tarnshire urges boatmen to accept the ferry timetable",
        "article": [
            "The governor of Tarnshire, Selwyn Orrick, on Monday called on the boatmen's union to "
            "accept the new ferry timetable, while delegates of both sides are meeting in the town "
            "of Old Moorings.",
            "In remarks made before a dinner with the head of the union at the town hall, Orrick "
            "said that there was a real chance of an agreement that would bring the boats back to "
            "the lake before winter.",
            "He added that it was now for the union to name those who would sign.",
            "The governor also asked the shipyards to open a second quay to small boats, saying "
            "that the state of the wooden piers could not go on as it was.",
            "“We have two weeks in which we can bring fishermen back to their work and pupils to "
            "their schools on the other shore,” he said during a walk around the port, and added: "
            "“Each side has to give a little.”"],
        "source": "Source: ", "agencies": ["Lakeside Agency", "Voice of the Fells", "Plain Post"],
        "also": "Read also:",
        "other": "Head of the boatmen's union opens museum of lake boats",
        "embedded": [
            "The head of the boatmen's union, Mansel Darrow, opened the museum of lake boats in "
            "the "
            "old salt store on Thursday evening, after repairs that took three years.",
            "Darrow thanked the volunteers who had gathered forty boats from villages on both "
            "shores.",
            "He was received by the museum's director, Hulda Safford, and by children of the first "
            "boat builders.",
            "The director said that school classes would be let in free until the end of spring."],
        "inline": "Related news",
        "third": ["Fish market returns to its square after two years",
                  "Heavy rain delays the valley train"],
        "caption": "Head of the boatmen's union at the museum of lake boats - archive",
        "similar": "Similar articles",
        "titled": [
            ("Snow closes the mountain road for a third day",
             "The mountain road stayed closed for a third day after snow had covered it. Road "
             "crews "
             "said that the ploughs would not reach the pass before Friday morning."),
            ("Bakers' school takes girls for the first time",
             "The bakers' school in the mill quarter has taken nine girls this year. The course "
             "lasts two years, and every day of it begins before dawn."),
            ("Public library lends musical instruments",
             "The public library has begun to lend fiddles and lutes for a month at a time. "
             "Borrowers are asked to bring them back with all their strings.")],
        "unknown": [
            "Minister of works: floating bridge ready before the harvest",
            "Two villages quarrel over a spring.. and the judge wants an older map",
            "\"Bird watch\" counts six thousand storks above the marsh",
            "Carpenters' guild talks with merchants about the price of cedar",
            "After a long strike.. bus drivers return to their routes",
            "Mayor: any new tax on the markets would be \"the last resort\""],
    },
    "ru": {
        "title": "Губернатор Тарнинского края призвал лодочников принять расписание паромов",
        "article": [
            "Губернатор Тарнинского края Семён Оршанин в понедельник призвал профсоюз лодочников "
            "принять новое расписание паромов, пока представители сторон совещаются в посёлке "
            "Старый Причал.",
            "Перед ужином с председателем профсоюза в здании управы Оршанин заявил, что есть "
            "настоящая возможность договориться и вернуть лодки на озеро до наступления зимы.",
            "Он отметил, что теперь профсоюз должен назвать тех, кто подпишет соглашение.",
            "Губернатор также попросил верфи открыть для малых лодок второй причал, добавив, что "
            "деревянные пирсы больше не могут оставаться в таком состоянии.",
            "«У нас есть две недели, чтобы вернуть рыбаков к работе, а учеников — в школы на "
            "другом "
            "берегу, — сказал он, осматривая порт. — Каждой стороне придётся немного уступить»."],
        "source": "Источник: ", "agencies": ["Озёрное агентство", "Голос предгорий",
                                             "Равнинная почта"],
        "also": "Читайте также:",
        "other": "Председатель профсоюза лодочников открыл музей озёрных лодок",
        "embedded": [
            "Председатель профсоюза лодочников Макар Дорохин в четверг вечером открыл музей "
            "озёрных "
            "лодок в старом соляном складе, который ремонтировали три года.",
            "Дорохин поблагодарил добровольцев, собравших сорок лодок в деревнях обоих берегов.",
            "Его встретили директор музея Ульяна Сафронова и дети первых лодочных мастеров.",
            "Директор сообщила, что школьников будут пускать бесплатно до конца весны."],
        "inline": "Новости по теме",
        "third": ["Рыбный рынок через два года вернулся на свою площадь",
                  "Сильный дождь задержал поезд в долину"],
        "caption": "Председатель профсоюза лодочников в музее озёрных лодок - архив",
        "similar": "Похожие статьи",
        "titled": [
            ("Снег третий день не даёт проехать по горной дороге",
             "Горная дорога остаётся закрытой третий день: её занесло снегом. Дорожники говорят, "
             "что снегоуборщики не доберутся до перевала раньше утра пятницы."),
            ("В школу пекарей впервые приняли девочек",
             "Школа пекарей в Мельничном квартале приняла в этом году девять девочек. Учёба длится "
             "два года, и каждый день занятия начинаются до рассвета."),
            ("Городская библиотека выдаёт музыкальные инструменты",
             "Городская библиотека начала выдавать читателям скрипки и домры на месяц. Инструмент "
             "просят возвращать со всеми струнами.")],
        "unknown": [
            "Министр строительства: наплавной мост будет готов к уборке урожая",
            "Две деревни спорят из-за родника.. а судья просит карту постарше",
            "«Птичий дозор» насчитал над болотом шесть тысяч аистов",
            "Артель плотников обсудила с купцами цены на кедр",
            "После долгой забастовки.. водители автобусов вернулись на маршруты",
            "Мэр: новый налог на рынки был бы \"крайней мерой\""],
    },
    "hi": {
        "title": "तरनपुर के राज्यपाल ने नाविक संघ से नौका समय सारिणी मानने को कहा",
        "article": [
            "तरनपुर के राज्यपाल सुलेमान ओझा ने सोमवार को नाविक संघ से नौकाओं की नई समय सारिणी "
            "स्वीकार "
            "करने की अपील की, जबकि दोनों पक्षों के प्रतिनिधि पुराना घाट कस्बे में बैठक कर रहे हैं।",
            "नगर भवन में संघ के अध्यक्ष के साथ रात्रिभोज से पहले ओझा ने कहा कि ऐसे समझौते का सच्चा "
            "अवसर है जिससे सर्दियों से पहले नावें झील पर लौट सकें।",
            "उन्होंने कहा कि अब संघ को हस्ताक्षर करने वालों के नाम बताने हैं।",
            "राज्यपाल ने नाव कारखानों से छोटी नावों के लिए दूसरा घाट खोलने को भी कहा और बताया कि "
            "लकड़ी "
            "के घाटों की हालत ऐसी ही नहीं रह सकती।",
            "बंदरगाह का दौरा करते हुए उन्होंने कहा, “हमारे पास दो सप्ताह हैं, जिनमें हम मछुआरों "
            "को काम "
            "पर और बच्चों को दूसरे किनारे के स्कूलों तक लौटा सकते हैं।” उन्होंने आगे कहा, “दोनों "
            "को थोड़ा "
            "झुकना होगा।”"],
        "source": "स्रोत: ", "agencies": ["झील समाचार", "पहाड़ की आवाज़", "मैदान डाक"],
        "also": "यह भी पढ़ें:",
        "other": "नाविक संघ के अध्यक्ष ने झील की नावों के संग्रहालय का उद्घाटन किया",
        "embedded": [
            "नाविक संघ के अध्यक्ष मनसुख दलाल ने गुरुवार शाम नमक के पुराने गोदाम में झील की नावों "
            "के "
            "संग्रहालय का उद्घाटन किया, जिसकी मरम्मत तीन साल चली।",
            "दलाल ने उन स्वयंसेवकों को धन्यवाद दिया जिन्होंने दोनों किनारों के गाँवों से चालीस "
            "नावें जुटाईं।",
            "संग्रहालय की निदेशक हुस्ना सफ़ारी और पहले नाव कारीगरों के बच्चों ने उनका स्वागत किया।",
            "निदेशक ने बताया कि वसंत के अंत तक स्कूली बच्चों का प्रवेश निःशुल्क रहेगा।"],
        "inline": "संबंधित खबरें",
        "third": ["मछली बाज़ार दो साल बाद अपने चौक पर लौटा", "तेज़ बारिश से घाटी की रेलगाड़ी देर "
                  "से चली"],
        "caption": "झील की नावों के संग्रहालय में नाविक संघ के अध्यक्ष - अभिलेख",
        "similar": "मिलते-जुलते लेख",
        "titled": [
            ("बर्फ़ से पहाड़ी सड़क तीसरे दिन भी बंद",
             "बर्फ़ जमने से पहाड़ी सड़क तीसरे दिन भी बंद रही। सड़क कर्मियों ने कहा कि मशीनें "
             "शुक्रवार "
             "सुबह से पहले दर्रे तक नहीं पहुँचेंगी।"),
            ("नानबाई विद्यालय में पहली बार लड़कियों को प्रवेश",
             "चक्की मोहल्ले के नानबाई विद्यालय ने इस वर्ष नौ लड़कियों को प्रवेश दिया। पढ़ाई दो "
             "साल की "
             "है और हर दिन भोर से पहले शुरू होती है।"),
            ("सार्वजनिक पुस्तकालय वाद्ययंत्र भी देने लगा",
             "सार्वजनिक पुस्तकालय ने एक महीने के लिए सारंगी और सितार देना शुरू किया है। पाठकों "
             "से उन्हें "
             "सभी तारों के साथ लौटाने को कहा गया है।")],
        "unknown": [
            "निर्माण मंत्री: कटाई से पहले तैयार होगा तैरता पुल",
            "झरने के पानी पर दो गाँवों में विवाद.. न्यायाधीश ने माँगा पुराना नक्शा",
            "\"पक्षी प्रहरी\" ने दलदल के ऊपर छह हज़ार सारस गिने",
            "बढ़ई संघ ने देवदार के भाव पर व्यापारियों से बात की",
            "लंबी हड़ताल के बाद.. बस चालक अपने मार्गों पर लौटे",
            "महापौर: बाज़ारों पर कोई भी नया कर \"अंतिम उपाय\" होगा"],
    },
    "zh": {
        "title": "塔恩省省长敦促船工工会接受渡船新时刻表",
        "article": [
            "塔恩省省长沈若林星期一呼吁船工工会接受渡船的新时刻表，双方代表目前正在旧泊镇举行会谈。",
            "沈若林在市政厅与工会主席共进晚餐之前表示，现在确实有机会达成协议，让船只在入冬以前回到湖上。",
            "他指出，接下来应由工会提出签字人的名单。",
            "省长还要求各造船厂为小船开放第二座码头，并说木栈桥的状况不能再这样继续下去。",
            "他在港口视察时说：“我们有两个星期的时间，可以让渔民重新出船，让学生回到对岸的学校。”他接着说：“双方都要让一步。”"],
        "source": "来源：", "agencies": ["湖滨通讯社", "山声电台", "平原邮报"],
        "also": "延伸阅读：",
        "other": "船工工会主席为湖船博物馆揭幕",
        "embedded": [
            "船工工会主席满达荣星期四晚上在旧盐仓为湖船博物馆揭幕，这座仓库前后修缮了三年。",
            "满达荣感谢志愿者从两岸村庄收集了四十条木船。",
            "博物馆馆长傅素华和第一代造船匠的子女在门口迎接了他。",
            "馆长说，春末以前中小学生都可以免费参观。"],
        "inline": "相关新闻",
        "third": ["鱼市时隔两年回到老广场", "大雨使山谷列车晚点"],
        "caption": "船工工会主席在湖船博物馆参观 - 资料图片",
        "similar": "相似文章",
        "titled": [
            ("大雪封住山路已有三天",
             "山路被大雪覆盖，连续三天不能通车。养路工人说，铲雪车最早要到星期五早晨才能开到垭口。"),
            ("面包师学校首次招收女生",
             "磨坊区的面包师学校今年招收了九名女生。学制两年，每天天不亮就开始上课。"),
            ("公共图书馆开始出借乐器",
             "公共图书馆开始向读者出借胡琴和琵琶，借期一个月。馆方请借阅者归还时保证琴弦完好。")],
        "unknown": [
            "工程部长：浮桥将在秋收以前建成",
            "两个村庄争夺泉水..法官要求出示更早的地图",
            "“观鸟站”在沼泽上空数到六千只白鹳",
            "木匠行会与商人商谈雪松价格",
            "长时间罢工之后..公交司机回到各条线路",
            "市长：对集市征收任何新税都是“最后的办法”"],
    },
    "th": {
        "title": "ผู้ว่าการแคว้นธารนาขอให้สหภาพคนเรือยอมรับตารางเรือข้ามฟาก",
        "article": [
            "นายเสลวิน อรรคเดช ผู้ว่าการแคว้นธารนา "
            "เรียกร้องเมื่อวันจันทร์ให้สหภาพคนเรือยอมรับตารางเรือข้ามฟากฉบับใหม่ "
            "ขณะที่ผู้แทนทั้งสองฝ่ายกำลังประชุมกันที่ตำบลท่าเรือเก่า",
            "ก่อนรับประทานอาหารค่ำกับประธานสหภาพที่ศาลากลาง "
            "ผู้ว่าการกล่าวว่ามีโอกาสจริงที่จะตกลงกันได้ "
            "และนำเรือกลับลงทะเลสาบก่อนถึงฤดูหนาว",
            "เขาชี้ว่าต่อจากนี้สหภาพต้องแจ้งชื่อผู้ที่จะลงนาม",
            "ผู้ว่าการยังขอให้อู่ต่อเรือเปิดท่าที่สองสำหรับเรือเล็ก "
            "โดยกล่าวว่าสภาพของสะพานไม้ไม่อาจปล่อยไว้เช่นนี้ต่อไปได้",
            "ระหว่างเดินดูท่าเรือ เขากล่าวว่า “เรามีเวลาสองสัปดาห์ที่จะพาชาวประมงกลับไปทำงาน "
            "และพานักเรียนกลับไปโรงเรียนอีกฝั่งหนึ่ง” และเสริมว่า “แต่ละฝ่ายต้องยอมถอยบ้าง”"],
        "source": "ที่มา: ", "agencies": ["สำนักข่าวริมทะเลสาบ", "เสียงจากดอย", "ไปรษณีย์ทุ่งราบ"],
        "also": "อ่านเพิ่มเติม:",
        "other": "ประธานสหภาพคนเรือเปิดพิพิธภัณฑ์เรือทะเลสาบ",
        "embedded": [
            "นายมานพ ดารากร ประธานสหภาพคนเรือ "
            "เปิดพิพิธภัณฑ์เรือทะเลสาบในโรงเก็บเกลือเก่าเมื่อเย็นวันพฤหัสบดี "
            "หลังการซ่อมแซมที่ใช้เวลาสามปี",
            "นายมานพขอบคุณอาสาสมัครที่รวบรวมเรือสี่สิบลำจากหมู่บ้านทั้งสองฝั่ง",
            "ผู้อำนวยการพิพิธภัณฑ์ นางหฤทัย สาธร และลูกหลานของช่างต่อเรือรุ่นแรกมาต้อนรับเขา",
            "ผู้อำนวยการกล่าวว่านักเรียนจะเข้าชมได้โดยไม่เสียค่าใช้จ่ายจนถึงปลายฤดูใบไม้ผลิ"],
        "inline": "ข่าวที่เกี่ยวข้อง",
        "third": ["ตลาดปลากลับมาที่ลานเดิมหลังผ่านไปสองปี", "ฝนตกหนักทำให้รถไฟสายหุบเขาล่าช้า"],
        "caption": "ประธานสหภาพคนเรือในพิพิธภัณฑ์เรือทะเลสาบ - ภาพจากคลัง",
        "similar": "บทความที่คล้ายกัน",
        "titled": [
            ("หิมะปิดถนนบนภูเขาเป็นวันที่สาม",
             "ถนนบนภูเขายังปิดเป็นวันที่สามหลังถูกหิมะปกคลุม "
             "เจ้าหน้าที่กล่าวว่ารถกวาดหิมะจะไปไม่ถึงช่องเขาก่อนเช้าวันศุกร์"),
            ("โรงเรียนช่างทำขนมปังรับเด็กหญิงเป็นครั้งแรก",
             "โรงเรียนช่างทำขนมปังในย่านโรงสีรับเด็กหญิงเก้าคนในปีนี้ "
             "หลักสูตรใช้เวลาสองปีและเริ่มเรียนก่อนรุ่งสางทุกวัน"),
            ("ห้องสมุดประชาชนให้ยืมเครื่องดนตรี",
             "ห้องสมุดประชาชนเริ่มให้ผู้อ่านยืมซอและขิมได้นานหนึ่งเดือน "
             "โดยขอให้คืนพร้อมสายครบทุกเส้น")],
        "unknown": [
            "รัฐมนตรีโยธา: สะพานลอยน้ำจะเสร็จก่อนฤดูเก็บเกี่ยว",
            "สองหมู่บ้านแย่งน้ำจากตาน้ำ.. ผู้พิพากษาขอแผนที่ที่เก่ากว่า",
            "\"หน่วยเฝ้าดูนก\" นับนกกระสาเหนือหนองน้ำได้หกพันตัว",
            "สมาคมช่างไม้หารือราคาไม้สนกับพ่อค้า",
            "หลังหยุดงานยาวนาน.. คนขับรถเมล์กลับสู่เส้นทางเดิม",
            "นายกเทศมนตรี: ภาษีตลาดใหม่จะเป็น \"ทางเลือกสุดท้าย\""],
    },
}


def headlines(language):
    """The ten of the box: four of them are titles of the crawl."""
    page = PAGES[language]
    known, unknown = [title for title, _ in page["titled"]], page["unknown"]
    return [page["other"], unknown[0], known[0], unknown[1], unknown[2], known[1], unknown[3],
            unknown[4], known[2], unknown[5]]


def served(language):
    """The text of the page."""
    page = PAGES[language]
    first, second, third, fourth = page["embedded"]
    picture = f"{CSS} {page['caption']}"
    embedded = "\n".join([
        first, second, page["inline"] + " " + "".join(page["third"]) + " " + picture + third,
        picture, fourth, picture])
    box = "\n".join(f"  • {title}" for title in headlines(language))
    return "\n\n".join([*page["article"], page["source"] + page["agencies"][0], page["also"],
                        page["other"], embedded, page["similar"], box])


def fillers(language):
    """Twenty articles of two lines, none of which stands in two of them."""
    joint = "" if language == "zh" else " "
    said = SENTENCES[language]
    return [[joint.join(said[at] for at in line[:2]), joint.join(said[at] for at in line[2:])]
            for line in LINES]


def crawl(language):
    """The page among 24: ten of its own host, each with a source line and most with a box, and
    fourteen of three other hosts. Of each (document, lines of its article)."""
    page = PAGES[language]
    articles = fillers(language)
    out = []

    def add(name, host, lines, text=None, **fields):
        document = {"id": name, "url": f"https://{language}.{host}/{name}"}
        document.update(fields, text=text if text is not None else "\n\n".join(lines),
                        lang=language)
        out.append((document, lines))

    for n in range(9):
        lines = articles.pop()
        text = "\n\n".join([*lines, page["source"] + page["agencies"][n % 3]])
        if n != 4:
            box = [headlines(language)[(3 * n + i) % 10] for i in range(4)]
            text += "\n\n" + page["similar"] + "\n\n" + "\n".join(f"  • {title}" for title in box)
        add(f"own-{n}", "lake-news.example", lines, text)
    add("page", "lake-news.example", page["article"], served(language), title=page["title"])
    add("other", "harbour.example", page["embedded"], "\n".join(page["embedded"]),
        title=page["other"])
    for n, (title, text) in enumerate(page["titled"]):
        add(f"titled-{n}", ("harbour.example", "fells.example", "plain.example")[n], [text],
            title=title)
    for n in range(10):
        add(f"filler-{n}", ("harbour.example", "fells.example", "plain.example")[n % 3],
            articles.pop())
    out.insert(3, out.pop(9))  # the page does not come last of its host
    return out
