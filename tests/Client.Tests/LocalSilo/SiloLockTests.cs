using Siamese.Client.LocalSilo;
using Siamese.Client.Outcomes;

namespace Siamese.Client.Tests.LocalSilo;

public sealed class SiloLockTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SkippingClock _clock = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Of_two_clients_one_waits_until_its_patience_ends()
    {
        using var held = await Take();

        await Assert.ThrowsAsync<NoClusterException>(Take);
    }

    [Fact]
    public async Task It_is_free_again_once_it_was_let_go()
    {
        (await Take()).Dispose();

        using var again = await Take();
    }

    private Task<SiloLock> Take() => SiloLock.Take(_folder.Path, TimeSpan.FromSeconds(5), _clock, CancellationToken.None);
}
