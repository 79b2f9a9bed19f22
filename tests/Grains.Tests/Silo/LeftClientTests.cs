using System.Globalization;
using System.Net;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Siamese.Contracts;
using Siamese.Contracts.Connections;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Local;
using Siamese.Grains.Tests.Clusters;
using Siamese.Grains.Tests.Stores;
using Siamese.Grains.Verdicts;
using Siamese.Silo;
using Siamese.Silo.Addresses;

namespace Siamese.Grains.Tests.Silo;

/// <summary>A client that leaves while a silo with real sockets works for it.</summary>
public sealed class LeftClientTests : IDisposable
{
    private readonly StoreFolder _store = new();
    private readonly int _gateway = ListeningPort.Resolve(IPAddress.Loopback, 0, "");

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task What_is_queued_for_a_client_that_leaves_is_not_decoded()
    {
        using var work = new QueuedWork();
        var options = _store.Options(_gateway);
        using var silo = SiloHost.Build(options, services => services.AddSingleton<IIncomingGrainCallFilter>(work));
        await silo.StartAsync();
        using var staying = await Connect();
        using (var leaving = await Connect())
        {
            var asked = Ask(leaving);
            await work.Queued.WaitAsync(TestCluster.Patience);
            await leaving.StopAsync();
            asked.Ignore();
        }

        await work.Cancelled.WaitAsync(TestCluster.Patience);
        work.GoOn();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => work.Decoding);
        Assert.Equal(0, work.Decoded);

        // Others are not affected.
        await Ask(staying).WaitAsync(TestCluster.Patience);
        Assert.Equal(QueuedWork.Images, work.Decoded);
        await silo.StopAsync();
    }

    /// <summary>Orleans delivers answers by such ids, so a client that had one could read answers to a silo.</summary>
    [Theory]
    [InlineData("hosted-127.0.0.1:11111@1", true)]
    [InlineData("0123456789abcdef0123456789abcdef", false)]
    public async Task A_client_cannot_take_the_id_of_a_silos_own_client(string id, bool isRefused)
    {
        var options = _store.Options(_gateway);
        using var silo = SiloHost.Build(options);
        await silo.StartAsync();
        using var posing = Build();
        var details = posing.Services.GetRequiredService(Type.GetType("Orleans.LocalClientDetails, Orleans.Core", throwOnError: true)!);
        var held = details.GetType().GetFields(BindingFlags.Instance | BindingFlags.NonPublic).Single(field => field.FieldType.Name == "ClientGrainId");
        held.SetValue(details, Activator.CreateInstance(
            held.FieldType, BindingFlags.Instance | BindingFlags.NonPublic, null, [GrainId.Create("sys.client", id)], CultureInfo.InvariantCulture));

        Assert.Equal(isRefused, await Record.ExceptionAsync(() => posing.StartAsync().WaitAsync(TestCluster.Patience)) is not null);
        await silo.StopAsync();
    }

    private static Task<EmbeddedImages> Ask(IHost client) => client.Services.GetRequiredService<IGrainFactory>().GetGrain<IVerdictGrain>("digits").Embed([], null, CancellationToken.None);

    private async Task<IHost> Connect()
    {
        var host = Build();
        await host.StartAsync();
        return host;
    }

    private IHost Build()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        new ClientAccess(new SharedSecret(SecretFile.ReadOrMake(_store.Folder))).AddTo(builder.Services);
        builder.UseOrleansClient(client => client
            .UseStaticClustering(new IPEndPoint(IPAddress.Loopback, _gateway))
            .Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (ClusterNames.DefaultClusterId, ClusterNames.ServiceId)));
        return builder.Build();
    }

    /// <summary>Instead of embedding, decodes 20 images on a thread that is busy with something else at first.</summary>
    private sealed class QueuedWork : IIncomingGrainCallFilter, IDisposable
    {
        public const int Images = 20;

        private readonly VerdictThreads _threads = new(1);
        private readonly ManualResetEventSlim _mayGoOn = new();
        private readonly TaskCompletionSource _queued = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _decoded;

        public QueuedWork() => _threads.Run(Turn.DecodeFew, _mayGoOn.Wait, CancellationToken.None).Ignore();

        public Task Queued => _queued.Task;

        /// <summary>Completed as a call is cancelled.</summary>
        public Task Cancelled => _cancelled.Task;

        /// <summary>The work for the last call.</summary>
        public Task Decoding { get; private set; } = Task.CompletedTask;

        public int Decoded => Volatile.Read(ref _decoded);

        public void GoOn() => _mayGoOn.Set();

        public async Task Invoke(IIncomingGrainCallContext context)
        {
            if (context.InterfaceMethod.Name != nameof(IVerdictGrain.Embed))
            {
                await context.Invoke();
                return;
            }

            var cancellation = context.Request.GetCancellationToken();
            using var _ = cancellation.Register(() => _cancelled.TrySetResult());
            Decoding = Task.WhenAll(Enumerable.Range(0, Images).Select(_ => _threads.Run(Turn.DecodeFew, () => Interlocked.Increment(ref _decoded), cancellation)));
            _queued.TrySetResult();
            await Decoding;
            context.Result = null;
        }

        public void Dispose()
        {
            _mayGoOn.Set();
            _threads.Dispose();
            _mayGoOn.Dispose();
        }
    }
}
