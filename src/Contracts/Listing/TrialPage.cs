using System.Collections.Immutable;
using Siamese.Contracts.Trials;

namespace Siamese.Contracts.Listing;

/// <summary>Some of the trials that were asked for.</summary>
/// <param name="Trials">In the order that was asked for.</param>
/// <param name="Matching">Number of trials that were asked for, on all pages.</param>
/// <param name="Next">What to ask for to get the next page; null if this is the last.</param>
[GenerateSerializer, Immutable, Alias("siamese.TrialPage")]
public sealed record TrialPage(ImmutableArray<TrialReport> Trials, int Matching, string? Next);
