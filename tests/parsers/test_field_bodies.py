"""Bodies that came without their page: what of them is the site's, and how sure the record is."""

from pipeline.parsers.field_bodies import field_confidence, own_text

TEXT = "افتتح المجلس البلدي مكتبة عامة جديدة في الحي القديم تضم أكثر من عشرة آلاف كتاب وقاعة للأطفال وأخرى للباحثين وثالثة للدوريات."


def test_a_program_after_the_text_is_cut():
    code = " #area ul { padding: 0; margin: 0; } .box { color: #fff; } series:{ show:false } }); });"

    assert own_text(f"{TEXT}{code}").text == TEXT


def test_verses_in_braces_are_text():
    verses = "قال تعالى: {وقل رب زدني علما}، وقال: {اقرأ باسم ربك}؛ وقال: {ن والقلم}."

    assert own_text(verses).text == verses


def test_a_menu_above_paragraphs_is_cut_and_a_poem_is_not():
    menu, poem = ["خدمات", "أقسام", "تابعنا", "أحياء"], ["يا دار", "عودي لنا", "يا دار أهلي", "وسلام"]

    assert own_text("\n\n".join([*menu, TEXT, TEXT + " وبعد", TEXT + " ثم"])).text == "\n\n".join(
        [TEXT, TEXT + " وبعد", TEXT + " ثم"]
    )
    assert own_text("\n\n".join(poem)).text == "\n\n".join(poem)


def test_the_agency_in_brackets_at_the_end_is_the_credit():
    found = own_text(f"{TEXT} (رويترز)")

    assert (found.text, found.credit) == (TEXT, "رويترز")


def test_a_file_name_is_not_held_against_the_body():
    assert field_confidence("IMG_20240311.jpg", own_text(TEXT))[1] == []
    assert field_confidence("أسعار النفط تتراجع بعد قرار المصدرين", own_text(TEXT))[1] == ["headline_body_disagree"]
