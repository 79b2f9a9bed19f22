using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Orleans.TestingHost;
using Siamese.Contracts.Connections;
using Siamese.Contracts.Sweeps;
using Siamese.Silo.Local;

namespace Siamese.Grains.Tests.Silo;

public sealed class ClientPresenceTests
{
    [Fact]
    public async Task Calls_of_a_client_are_noticed_and_so_are_calls_for_a_client_but_not_the_silos_own()
    {
        var time = new FakeTimeProvider();
        var presence = new ClientPresence(time);
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.AddMemoryGrainStorageAsDefault();
            silo.AddIncomingGrainCallFilter(presence);
        });
        await using var cluster = builder.Build();
        await cluster.DeployAsync();

        time.Advance(TimeSpan.FromSeconds(10));
        var own = cluster.GetSiloServiceProvider(cluster.Silos[0].SiloAddress).GetRequiredService<IGrainFactory>();
        await own.GetGrain<IBoardGrain>(0).List(CancellationToken.None);
        Assert.Equal(10, presence.AbsentFor.TotalSeconds);

        await cluster.Client.GetGrain<IBoardGrain>(0).List(CancellationToken.None);
        Assert.Equal(0, presence.AbsentFor.TotalSeconds);

        time.Advance(TimeSpan.FromSeconds(10));
        ClientAccess.CallWith([1]);
        await own.GetGrain<IBoardGrain>(0).List(CancellationToken.None);
        Assert.Equal(0, presence.AbsentFor.TotalSeconds);
    }
}
