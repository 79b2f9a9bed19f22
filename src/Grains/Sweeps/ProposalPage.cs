using Siamese.Grains.Search;

namespace Siamese.Grains.Sweeps;

/// <summary>What is stored of a stretch of the points that a sweep's search has come to, in that order.</summary>
[GenerateSerializer, Alias("siamese.ProposalPage")]
internal sealed class ProposalPage : IPage<Proposal>
{
    [Id(0)] public List<Proposal> Lines { get; set; } = [];
}
