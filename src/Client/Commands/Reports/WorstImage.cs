using Siamese.Contracts.Data;
using Siamese.Contracts.Ensembles;

namespace Siamese.Client.Commands.Reports;

/// <summary>One of an ensemble's worst mistakes, with its images.</summary>
internal sealed record WorstImage(WorstPair Pair, SamplePair Image);
