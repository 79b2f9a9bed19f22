using Siamese.EndToEnd.Tests.Processes;

namespace Siamese.EndToEnd.Tests.Sweeps;

/// <summary>A home with an ensemble trained on digits: `good`, with one trial of twelve epochs.</summary>
public sealed class TrainedHome : IAsyncLifetime
{
    private static readonly PreparedFolder _trained = new("sweep", "--margins", "2", "--epochs", "8", "--name", "good");

    public Home Home { get; } = new();

    public async Task InitializeAsync() => await _trained.CopyTo(Home);

    public async Task DisposeAsync() => await Home.DisposeAsync();
}
