using Siamese.Client.LocalSilo;
using Siamese.Client.Outcomes;

namespace Siamese.Client.Tests.LocalSilo;

public sealed class SiloLockTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SkippingClock _clock = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task One_of_two_clients_waits_until_its_timeout()
    {
        using var held = await Take();

        await Assert.ThrowsAsync<NoClusterException>(Take);
    }

    [Fact]
    public async Task A_released_lock_is_free_again()
    {
        (await Take()).Dispose();

        using var again = await Take();
    }

    private Task<SiloLock> Take() => SiloLock.Take(_folder.Path, TimeSpan.FromSeconds(5), _clock, CancellationToken.None);
}
