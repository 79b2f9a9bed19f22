using System.Text.Json;
using Siamese.EndToEnd.Tests.Processes;

namespace Siamese.EndToEnd.Tests.Sweeps;

/// <summary>A home in which a sweep of two margins, `first`, has ended.</summary>
public sealed class SweptHome : IAsyncLifetime
{
    private static readonly PreparedFolder _swept = new("sweep", "--margins", "1,2", "--epochs", "1", "--name", "first", "--format", "json");

    public Home Home { get; } = new();

    /// <summary>The outcome of the client that ran the sweep.</summary>
    internal Outcome Sweep { get; private set; } = null!;

    internal JsonElement Document => Sweep.Document;

    public async Task InitializeAsync() => Sweep = await _swept.CopyTo(Home);

    public async Task DisposeAsync() => await Home.DisposeAsync();
}
