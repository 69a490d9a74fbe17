"""Who looks on sees notes change; who has the pen hears that another one asks for it."""


def path(workshop, rest=""):
    """Of the pages."""
    return f"/en/workshops/{workshop.id}/notes{rest}"


def test_readers_see_the_words_and_who_writes_them(make, person, watch):
    workshop, other = make.workshop(), make.workshop()
    writer = make.member("Rana")
    make.registration(workshop, writer)
    reader, stranger = watch(person()), watch(person(), language="ar")
    assert reader.ask("pad:join", {"workshop": workshop.id}) == {"ok": True, "change": 0}
    stranger.ask("pad:join", {"workshop": other.id})
    person(writer).form(path(workshop), "PUT", words="What was **said**.", version="0")
    pushed = reader.wait_for("pad:changed")
    assert pushed["workshop"] == workshop.id and "<strong>said</strong>" in pushed["html"] and "Rana" in pushed["html"]
    assert stranger.hears_nothing()


def test_the_writer_hears_that_somebody_asks(make, person, watch):
    workshop = make.workshop()
    rana, karim = make.member("Rana"), make.member("Karim")
    for one in (rana, karim):
        make.registration(workshop, one)
    writer = person(rana)
    writer.form(path(workshop, "/pen"), "PUT")
    socket = watch(writer)
    socket.ask("pad:join", {"workshop": workshop.id})
    person(karim).form(path(workshop, "/pen/request"), "PUT")
    assert "Karim" in socket.wait_for("pad:changed")["html"]
    writer.form(path(workshop, "/pen"), "DELETE")
    assert f'data-writer="{karim.id}"' in socket.wait_for("pad:changed")["html"]


def test_whose_place_is_gone_writes_no_more_and_all_hear_of_it(make, person, watch):
    workshop, rana = make.workshop(), make.member("Rana")
    make.registration(workshop, rana)
    writer, socket = person(rana), watch(person())
    writer.form(path(workshop, "/pen"), "PUT")
    socket.ask("pad:join", {"workshop": workshop.id})
    writer.form(f"/en/workshops/{workshop.id}/registration", "PUT", answer="no")
    assert 'data-writer=""' in socket.wait_for("pad:changed")["html"]


def test_however_fast_one_types_it_is_pushed_once_a_second_and_ends_with_the_last_word(make, person, watch):
    workshop = make.workshop()
    writer = make.member()
    make.registration(workshop, writer)
    typing, socket = person(writer), watch(person())
    socket.ask("pad:join", {"workshop": workshop.id})
    for number in range(8):
        typing.form(path(workshop), "PUT", words=f"Word {number}.", version=str(number))
    pushes = [socket.wait_for("pad:changed")]
    while "Word 7." not in pushes[-1]["html"]:
        pushes.append(socket.wait_for("pad:changed"))
    assert len(pushes) < 8


def test_who_loses_sight_of_the_event_hears_no_more(make, person, watch):
    inside, writer = make.member(), make.member()
    space = make.space("private", members=[inside, writer])
    workshop = make.workshop(space=space)
    make.registration(workshop, writer)
    socket = watch(person(inside))
    socket.ask("pad:join", {"workshop": workshop.id})
    make.remove_from_space(space, inside)
    assert socket.wait_for("pad:left") == {"pad": workshop.id}
    person(writer).form(path(workshop), "PUT", words="Unheard.", version="0")
    assert socket.hears_nothing()
