using Siamese.Grains.Search.Proposers;

namespace Siamese.Grains.Sweeps.Ledger;

/// <summary>A stored page of the points that a sweep's search has proposed, in that order.</summary>
[GenerateSerializer, Alias("siamese.ProposalPage")]
internal sealed class ProposalPage : IPage<Proposal>
{
    [Id(0)] public List<Proposal> Lines { get; set; } = [];
}
