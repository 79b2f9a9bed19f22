using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Siamese.Contracts;
using Siamese.Grains.Storage;
using Siamese.Grains.Tests.Stores;
using Siamese.Silo;
using Siamese.Silo.Options;

namespace Siamese.Grains.Tests.Silo;

public sealed class SiloHostTests : IDisposable
{
    private readonly StoreFolder _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public void Store_errors_can_be_sent_to_a_client()
    {
        using var host = SiloHost.Build(new SiloOptions { Slots = 1, Store = $"sqlite:{_store.Database}", SiloPort = 0, GatewayPort = 0, Home = _store.Folder });
        var serializer = host.Services.GetRequiredService<Serializer>();
        Exception[] problems = [StoreUnavailableException.Full("siamese.db"), new BlobException("A blob is missing.")];

        var busy = (BusyException)serializer.Deserialize<Exception>(serializer.SerializeToArray<Exception>(new BusyException("Busy.") { RetryAfter = TimeSpan.FromSeconds(7) }))!;
        Assert.Equal(("Busy.", TimeSpan.FromSeconds(7)), (busy.Message, busy.RetryAfter));
        Assert.All(problems, problem => Assert.Equal(problem.Message, serializer.Deserialize<Exception>(serializer.SerializeToArray(problem))!.Message));
    }
}
