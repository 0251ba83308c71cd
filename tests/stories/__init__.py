"""Stories that are written once and played on every platform: terminal, Matrix, Slack. A driver knows how to play on one of them.

    # op: 2026-11-24T10:00+01:00        the moment at which it begins
    -- y-amrani in dm                   who is speaking, and where: dm, a koppel, or netwerk
    > wie is onze wijkagent             says this
    * Nee                               taps the control with this label under the last message there that has it
    < Bel Wendy Mulder, wijkagent       hears this line, in this place, since somebody last did something
    <! 06-55500112                      does not
    .. 35 minuten                       time passes; what falls due happens
    % herstart                          the assistant is stopped and started

Lines that are heard may come in any order and with others between them: platforms show the same words in their own way.
"""
