"""Stories that are written once and played on every platform: terminal, Matrix, Slack. A driver knows how to play on one of them.

    # op: 2026-11-24T10:00+01:00        the moment at which it begins
    -- y-amrani in dm                   who is speaking, and where: dm, a koppel, or "elders": a room of nobody's
    > wie is onze wijkagent             says this to the assistant
    | ik kom wat later                  says this to the others there
    >> wie is dat                       says this to the assistant in a thread, under what was said there last
    || dank je                          says this in the thread, to whoever is there
    = wie is de leerplichtambtenaar     changes what they said last into this
    * Nee                               uses the control with this label, under the newest message there that has it
    * Wapenbezit + Vernieling           chooses these together, and submits
    + Neem over                         puts the reaction there that stands for this label
    - Neem over                         takes that reaction away
    ? Nee, Alleen op school             fills in the form that is open with this, and submits it
    < Bel Wendy Mulder, wijkagent       hears this line, in this place, since somebody last did something
    << Bel Wendy Mulder, wijkagent      hears it in that thread
    <! 06-55500112                      does not hear it
    <1 Ligt nu bij Wendy Mulder         this stands there now, in one message (`<0`: in none)
    .. 35 minuten                       time passes; what falls due happens
    % herstart                          the assistant is stopped and started
    % server weg                        the server of the platform is killed
    % server terug                      and started again
    [slack] * Als formulier             only there: this is where platforms really differ (also: [niet terminal])

Lines that are heard may come in any order and with others between them: platforms show the same words in their own way.
In stories for two platforms at once who speaks says where (`-- w-mulder in dm op slack`), and one of them goes away: `% slack weg`,
`% slack terug`, `% slack token ingetrokken`.
"""
