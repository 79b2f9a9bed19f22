using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Providers;
using Orleans.Runtime.Hosting;
using Orleans.Serialization;
using Orleans.Serialization.Serializers;
using Siamese.Contracts;
using Siamese.Contracts.Local;
using Siamese.Grains;
using Siamese.Grains.Board;
using Siamese.Grains.Data;
using Siamese.Model.Tensors;
using Siamese.Silo.Access;
using Siamese.Silo.Addresses;
using Siamese.Silo.Health;
using Siamese.Silo.Http;
using Siamese.Silo.Local;
using Siamese.Silo.Reports;
using Siamese.Silo.Storage;
using Siamese.Silo.Telemetry;
using SiloOptions = Siamese.Silo.Options.SiloOptions;

namespace Siamese.Silo;

/// <summary>Wires a silo: store, cluster, grains, slots.</summary>
internal static partial class SiloHost
{
    private const string KeyAuthenticationCategory = "Siamese.Web.Access.KeyAuthentication";

    /// <param name="options">The silo's options.</param>
    /// <param name="services">Adds services that replace the default ones.</param>
    /// <exception cref="BadInputException">The store cannot be opened, the address or a certificate is invalid, a port is taken, or its cluster is on other machines.</exception>
    public static IHost Build(SiloOptions options, Action<IServiceCollection>? services = null)
    {
        FreedMemory.Keep();
        var store = Stores.Open(options.Store, options.Blobs);
        var endpoints = SiloEndpoints.Resolve(options, store.IsShared);
        var wasOpen = endpoints.IsLoopback && PrivateFolder.Make(options.Home);
        store.Migrate();
        // While the folder is still empty.
        store.Contents.Owner?.Claim();
        if (endpoints.IsLoopback)
            store.RefuseClusterElsewhere(options.ClusterId);
        store.BuryTheDead(options.ClusterId);

        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        AddLogging(builder.Logging);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(10));
        // Never used twice, although a container's first process always has the same id: leases are held by name.
        var name = $"{Environment.MachineName}-{Environment.ProcessId}-{Guid.NewGuid():N}"[..^28];
        builder.AddTelemetry(options.Telemetry, name);
        // First to start and last to stop, so that the silo can report its health while it joins and while it leaves.
        if (endpoints.HealthPort is not null)
            builder.Services.AddHealth(endpoints);
        var secrets = new ClusterSecrets(store, TimeProvider.System);
        builder.UseOrleans(silo =>
        {
            Configure(silo, options, name, endpoints, store);
            silo.AddAccess(options, endpoints, secrets);
            OrleansDashboard.Collect(silo);
        });
        builder.Services.AddSiamese(options.Slots, store.Contents.Blobs, store.Contents.Checkpoints, secrets);
        builder.Services.Configure<DataCacheOptions>(cache => (cache.Folder, cache.LimitBytes) = (options.Cache, options.CacheGb * 1_000_000_000L));
        builder.Services.Configure<DataRoot>(root => (root.IsEverywhere, root.Folder) = (options.Local, options.DataRoot.Length > 0 ? Path.GetFullPath(options.DataRoot) : null));
        builder.Services.AddSingleton<IReadiness>(store.Health);
        builder.Services.AddHostedService<StoreWatch>();
        builder.Services.AddHostedService<CollectionService>();
        var front = HttpFront.Of(options);
        builder.Services.AddSingleton<ISiloFacts>(provider => ActivatorUtilities.CreateInstance<SiloFacts>(provider, endpoints, front));
        if (endpoints.HttpPort is not null)
            builder.Services.AddHttp(endpoints, front);
        if (options.Local || options.IdleExit > 0)
            builder.Services.AddLocalSilo(options, endpoints);
        services?.Invoke(builder.Services);
        var host = builder.Build();
        if (options.Insecure)
            SiloConnections.Warn(host.Services.GetRequiredService<ILoggerFactory>());
        if (wasOpen)
            LogOpen(host.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(SiloHost).FullName!), PrivateFolder.Remark(options.Home));
        return host;
    }

    private static void Configure(ISiloBuilder silo, SiloOptions options, string name, SiloEndpoints endpoints, IStore store)
    {
        silo.Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (options.ClusterId, ClusterNames.ServiceId));
        silo.Configure<Orleans.Configuration.SiloOptions>(named => named.SiloName = name);
        silo.Configure<ClusterMembershipOptions>(membership =>
        {
            // After three probes without an answer, a silo is suspected. Orleans waits longer if answers were slow: by default
            // four times as long, and then it took 37 s to notice that a silo was unreachable.
            membership.ProbeTimeout = TimeSpan.FromSeconds(3);
            membership.MaxProbeTimeout = TimeSpan.FromSeconds(4);
            // A silo that was declared dead while it was suspended learns of it here.
            membership.TableRefreshTimeout = TimeSpan.FromSeconds(10);
        });
        silo.ConfigureEndpoints(endpoints.Address, endpoints.SiloPort, endpoints.GatewayPort);
        silo.UseAdoNetClustering(store.UseClustering);
        // Created by the container, which therefore closes the store after everything that uses it.
        silo.Services.AddSingleton(_ => store);
        silo.Services.AddGrainStorage(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME, (services, _) => new GrainStateStorage(
            services.GetRequiredService<IStore>().OpenStates(), services.GetRequiredService<Serializer>(), services.GetRequiredService<IActivatorProvider>()));
        // Orleans sends exceptions of System and Microsoft; for others it would only report that it has no codec for them.
        silo.Services.Configure<ExceptionSerializationOptions>(exceptions => exceptions.SupportedNamespacePrefixes.Add("Siamese.Grains"));
        silo.AddActivityPropagation();
    }

    private static void AddLogging(ILoggingBuilder logging) => logging
        .AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "yyyy-MM-dd HH:mm:ss ";
            console.UseUtcTimestamp = true;
        })
        .SetMinimumLevel(LogLevel.Warning)
        .AddFilter("Siamese", LogLevel.Information)
        // The library logs each request without a valid key under this name; RequestLog does so within limits.
        .AddFilter(KeyAuthenticationCategory, LogLevel.Warning)
        // Of tokens that are not valid, which anyone can send.
        .AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.None)
        // They recommend the server garbage collector, and mistake the start of the process for a stall.
        .AddFilter("Orleans.Runtime.Silo", LogLevel.Error)
        .AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error)
        .AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information);

    [LoggerMessage(LogLevel.Warning, "{Remark}")]
    private static partial void LogOpen(ILogger logger, string remark);
}
