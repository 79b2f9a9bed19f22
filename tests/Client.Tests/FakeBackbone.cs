using Siamese.Contracts.Backbones;

namespace Siamese.Client.Tests;

/// <summary>A backbone that computes 16 numbers.</summary>
internal sealed class FakeBackbone(string manifest) : IBackboneGrain
{
    public Task<BackboneDescription> Describe(CancellationToken cancellation) => Task.FromResult(new BackboneDescription
    {
        Name = new BackboneName("small", "out", 16, manifest).ToString(),
        Sentence = "Backbone small:out: takes 3×8×8; returns 16 features.",
    });
}
