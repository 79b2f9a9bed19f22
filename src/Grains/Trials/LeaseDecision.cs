namespace Siamese.Grains.Trials;

/// <summary>What a trial decides about a sweep that follows it or wants its lease.</summary>
/// <param name="Answer">The answer for the sweep.</param>
/// <param name="IsChanged">Whether the trial's state has changed and must be stored before the sweep is answered.</param>
internal sealed record LeaseDecision(LeaseAnswer Answer, bool IsChanged);
