"""How are the detections run from a screen?  As a job, with the parameters of the last run or with others."""

import streamlit as st

from graph.detect.finding import FindingsDocument
from graph.detect.registry import KINDS
from ingest.case_folder import CaseFolder
from workbench.jobs import Task
from workbench.language.kinds import kind_label
from workbench.plain_text import escape_markdown
from workbench.runs.earlier_methods import PARTS, of_before, part_label
from workbench.views import show
from workbench.views.access.rights import barred
from workbench.views.language import _, words_here
from workbench.views.models.leads import parameters_form as model
from workbench.views.models.leads.parameters_form import Field, Texts, Values
from workbench.views.session import person, server
from workbench.views.widgets.job_board import jobs_of

_TEXTS = "parameter_texts"  # what somebody has written and not run yet, by part and name


def run_detections(case: CaseFolder, document: FindingsDocument | None) -> None:
    """Two buttons: run (again, with what the last run took), and the parameters."""
    with show.errors():
        if run_all(case, document, key="detect"):
            st.rerun()
        usual = model.defaults(server().workbench.settings.workspace)
        dimmed = barred("detect", case, disabled=_running(case))
        if st.button(_("Parameters"), key="parameters", icon=":material/tune:", **dimmed):
            _stand(usual, model.of_run(document, usual))
            _form(case, usual)


def run_all(case: CaseFolder, document: FindingsDocument | None, *, key: str) -> bool:
    """The button that runs every detection, again with what the last run took; was it pressed?  They run then."""
    taken = model.of_run(document, model.defaults(server().workbench.settings.workspace))
    pressed = st.button(
        _("Run all detections") if document is None else _("Run again"), key=key,
        type="primary" if document is None else "secondary", **barred(
            "detect", case, disabled=_running(case), told=_("With the parameters of the last run.") if taken else None
        ),
    )
    if pressed:
        _submit(case, ("all",), taken)
    return pressed


def other_parameters(document: FindingsDocument) -> None:
    """With which parameters the leads were found, where these are not the defaults."""
    values = model.of_run(document, model.defaults(server().workbench.settings.workspace))
    if earlier := of_before(document):
        words = words_here()
        st.caption(_(
            "Found by another version of the method: {parts}. Run again for the present one, with its defaults.",
            parts=", ".join(part_label(one, words) for one in earlier),
        ))
    if values:
        told = escape_markdown(model.told(values, words_here()))
        st.caption(_(
            "Found with other parameters than the defaults: {changes}. Run again takes them again.", changes=told
        ))


def _submit(case: CaseFolder, kinds: tuple[str, ...], parameters: Values) -> None:
    task = Task(
        "detect", server().workbench.settings, case.name, kinds=kinds,
        parameters={part: dict(values) for part, values in parameters.items()},
    )
    server().jobs.submit(task, owner=person().name)


def _running(case: CaseFolder) -> bool:
    return any(not job.finished for job in jobs_of("detect", case.name))


def _form(case: CaseFolder, usual: Values) -> None:
    """The parameters in a window over the screen, whose title is in this session's language."""

    @st.dialog(_("Parameters of the detections"), width="large")
    def window() -> None:
        words = words_here()
        texts: Texts = st.session_state[_TEXTS]
        left, right = st.columns(2)
        with left:
            part = st.selectbox(
                _("Of which detection"), PARTS, key="parameter_part",
                format_func=lambda one: part_label(one, words),
            )
        with right:
            kinds = st.multiselect(
                _("Run"), KINDS, key="parameter_kinds", placeholder=_("all detections"),
                format_func=lambda one: kind_label(one, words),
            )
        with st.container(height=360, key="parameter_fields"):
            places = _fields(part, usual, texts)
        values, faults = model.read(texts, usual, words)
        for (where, name), fault in faults.items():
            if where == part:
                places[name].error(escape_markdown(fault))
        if faults:
            lines = [_("Nothing can be run before this is put right:"), *model.faults_told(faults, words)]
            st.error("  \n".join(map(escape_markdown, lines)))
        if values or not faults:
            st.caption(
                _("Other than the defaults: {changes}", changes=escape_markdown(model.told(values, words))) if values
                else _("Everything stands at its default.")
            )
        with st.container(horizontal=True, key="parameter_actions"):
            if st.button(_("Run with these"), type="primary", key="parameter_run", disabled=bool(faults)):
                _submit(case, tuple(kinds) or ("all",), values)
                st.rerun()
            st.button(_("Back to the defaults"), key="parameter_usual", on_click=_stand, args=(usual, {}))

    window()


def _fields(part: str, usual: Values, texts: Texts) -> dict[str, st.delta_generator.DeltaGenerator]:
    """A field for each parameter of the part; by name the place below it where a fault is said."""
    places = {}
    if units := model.units_told(part, words_here()):
        with st.expander(_("What the units mean"), key="parameter_units"):
            st.caption("  \n".join(map(escape_markdown, units)))
    for field in model.fields(part, usual, words_here()):
        with st.container(key=f"parameter_{part}_{field.name}", gap=None):
            text = _entry(part, field, texts[part][field.name])
            places[field.name] = st.empty()
            told = [
                field.why, words_here().pair(_("unit"), field.unit),
                _("default {value}", value=_shortened(field.default)), field.allowed, field.source,
            ]
            st.caption(escape_markdown(" · ".join(one for one in told if one)))
        texts[part][field.name] = text
    return places


def _entry(part: str, field: Field, stands: str) -> str:
    """Where a value is written, or chosen; what stands there then."""
    key = _field_key(part, field.name)
    told = _("In a file of parameters: {name}, under {part}.", name=escape_markdown(field.name), part=part)
    if not field.choices:
        st.session_state.setdefault(key, stands)
        return st.text_input(field.label, key=key, help=told)
    st.session_state.setdefault(key, list(model.chosen(stands)))
    picked = st.multiselect(field.label, list(field.choices), key=key, help=told, format_func=field.choices.__getitem__,
                            placeholder=_("none of them"))
    return model.SEPARATOR.join(one for one in field.choices if one in picked)  # in their order, however picked


def _stand(usual: Values, taken: Values) -> None:
    """In every field, seen or not, stands what was taken or else the usual.

    Written, as a field whose key is merely taken away keeps in the browser what was typed.
    """
    words = words_here()
    texts: Texts = {
        part: {name: model.written(taken.get(part, {}).get(name, value), words) for name, value in values.items()}
        for part, values in usual.items()
    }
    st.session_state[_TEXTS] = texts
    for part, values in texts.items():
        st.session_state.update({
            _field_key(part, name): list(model.chosen(text)) if model.choices(part, name, words) else text
            for name, text in values.items()
        })


def _field_key(part: str, name: str) -> str:
    return f"parameter_text_{part}_{name}"


def _shortened(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "…"
