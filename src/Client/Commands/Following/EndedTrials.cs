using Siamese.Contracts.Trials;
using Siamese.Contracts.Wording;

namespace Siamese.Client.Commands.Following;

/// <summary>Trials that ended since the last poll: one line each, or a single line if there are many, as when thousands are reused.</summary>
internal static class EndedTrials
{
    private const int Flood = 30;

    public static IEnumerable<string> Lines(IReadOnlyCollection<TrialReport> ended, TrialLabels labels) =>
        ended.Count <= Flood
            ? ended.Select(trial => SweepLines.Ended(trial, labels))
            : [$"{Figures.Count(ended.Count)} trials ended, {Figures.Count(ended.Count(trial => trial.Reused))} of them reused"];
}
