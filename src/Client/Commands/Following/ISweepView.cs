using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Wording;

namespace Siamese.Client.Commands.Following;

/// <summary>Shows a sweep while it runs.</summary>
internal interface ISweepView
{
    /// <summary>Prints a line that stays on the screen.</summary>
    void Say(string line);

    /// <summary>Shows the progress of the sweep; trials that ended since the last call stay on the screen.</summary>
    Task Show(SweepProgress progress, TrialLabels labels);

    /// <summary>Releases the screen, for a question or for good; <see cref="Show"/> takes it again.</summary>
    Task Pause();
}
