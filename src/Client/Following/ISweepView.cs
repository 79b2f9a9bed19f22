using Siamese.Client.Output;
using Siamese.Contracts.Sweeps;

namespace Siamese.Client.Following;

/// <summary>Shows a sweep while it goes on.</summary>
internal interface ISweepView
{
    /// <summary>Says something that stays on the screen.</summary>
    void Say(string line);

    /// <summary>Shows how the sweep stands; what has ended since the last time stays on the screen.</summary>
    Task Show(SweepProgress progress, TrialLabels labels);

    /// <summary>Gives the screen free, for a question or for good; <see cref="Show"/> takes it again.</summary>
    Task Pause();
}
