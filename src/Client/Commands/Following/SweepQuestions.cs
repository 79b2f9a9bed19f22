using Siamese.Client.Terminals;
using Siamese.Contracts.Wording;

namespace Siamese.Client.Commands.Following;

/// <summary>Questions to the user while a sweep is followed: asked on standard error, answered with one key.</summary>
internal sealed class SweepQuestions(Terminal terminal)
{
    public bool CanAsk => terminal.CanAsk;

    /// <summary>Asks after Ctrl-C. The end of input means to leave.</summary>
    public async Task<Wish> WhatNow(string sweep, CancellationToken cancellation) =>
        await terminal.Ask($"Sweep {sweep}: leave it going without this client (g), finish it with what is trained (f), cancel it (c), or keep watching (w)? ", "gfcw", cancellation) switch
        {
            'f' => Wish.Finish,
            'c' => Wish.Cancel,
            'w' => Wish.Watch,
            _ => Wish.Leave,
        };

    /// <summary>Asks before a sweep of many trials.</summary>
    public async Task<bool> MayStart(int trials, CancellationToken cancellation) =>
        await terminal.Ask($"Train {Figures.Of(trials, "trial")} (y/n)? ", "yn", cancellation) == 'y';
}

/// <summary>What the user wants after interrupting the watching of a sweep.</summary>
internal enum Wish
{
    /// <summary>The client exits, the sweep continues.</summary>
    Leave,

    /// <summary>Trials end with their last validated epochs, and the ensemble is formed.</summary>
    Finish,

    /// <summary>The sweep is cancelled.</summary>
    Cancel,

    /// <summary>Watching resumes.</summary>
    Watch,
}
