using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Siamese.Contracts.Access;
using Siamese.Contracts.Data;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Tuning;
using Siamese.Silo;
using Siamese.Silo.Addresses;
using Siamese.Silo.Options;

namespace Siamese.Web.Tests.Silos;

/// <summary>A real silo on loopback that serves the API, with its store in a folder of its own. Test classes share one, so they leave names alone that are not theirs.</summary>
public class ApiSilo : IAsyncLifetime, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("siamese-web-");
    private readonly int _port = ListeningPort.Resolve(IPAddress.Loopback, 0, "");
    private readonly Lock _lock = new();
    private readonly Action<SiloOptions>? _set;
    private readonly string? _name;
    private IHost? _silo;
    private Task? _trained;

    /// <summary>Name of the ensemble that <see cref="Train"/> makes.</summary>
    public const string Ensemble = "trained";

    public ApiSilo()
    {
    }

    /// <param name="set">Sets more options.</param>
    /// <param name="name">Its name; null for that of the machine and the process.</param>
    private protected ApiSilo(Action<SiloOptions> set, string? name = null) => (_set, _name) = (set, name);

    /// <summary>The cluster, called as the silo itself.</summary>
    public IGrainFactory Grains => _silo!.Services.GetRequiredService<IGrainFactory>();

    /// <summary>The calls of its grains.</summary>
    public Calls Calls { get; } = new();

    /// <summary>What it logs.</summary>
    public FakeLogCollector Log { get; } = FakeLogCollector.Create(new());

    /// <summary>Where it serves, without a path.</summary>
    public Uri Address => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_port}/"));

    public Task InitializeAsync() => Start();

    /// <summary>Stops the silo, and starts another one at the same address, with the same store.</summary>
    /// <param name="meanwhile">What happens while there is none.</param>
    public async Task Restart(Func<Task> meanwhile)
    {
        await _silo!.StopAsync();
        _silo.Dispose();
        await meanwhile();
        await Start();
    }

    private async Task Start()
    {
        var options = new SiloOptions
        {
            Slots = 1,
            Store = $"sqlite:{Path.Combine(_folder.FullName, "siamese.db")}",
            Cache = Path.Combine(_folder.FullName, "cache"),
            Home = _folder.FullName,
            SiloPort = 0,
            GatewayPort = 0,
            Http = _port,
        };
        _set?.Invoke(options);
        _silo = SiloHost.Build(options, services => services
            .AddSingleton<IIncomingGrainCallFilter>(Calls)
            .AddSingleton<ILoggerProvider>(new FakeLoggerProvider(Log))
            .PostConfigure<Orleans.Configuration.SiloOptions>(named => named.SiloName = _name ?? named.SiloName));
        await _silo.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await EndSweeps();
        await _silo!.StopAsync();
    }

    /// <summary>Ends what is still being trained, so that no other test shares the processor with it.</summary>
    private async Task EndSweeps()
    {
        var board = Grains.GetGrain<IBoardGrain>(0);
        for (var tries = 0; tries < 100 && (await board.List(CancellationToken.None)).FirstOrDefault(entry => entry.IsUnfinished) is { } unfinished; tries++)
        {
            await Grains.GetGrain<ISweepGrain>(unfinished.Sweep).Cancel(CancellationToken.None);
            await Task.Delay(100);
        }
    }

    public void Dispose()
    {
        _silo?.Dispose();
        _folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Connects without a key, as the silo's own user.</summary>
    public HttpClient Connect() => new() { BaseAddress = new Uri(Address, "api/v1/") };

    /// <summary>Connects with a new key.</summary>
    /// <param name="id">Id of the key.</param>
    /// <param name="role">What its holder may do.</param>
    /// <param name="perMinute">Number of its requests to answer in a minute.</param>
    public async Task<HttpClient> Connect(string id, Role role, int perMinute = 6000)
    {
        var added = await Grains.GetGrain<IKeyGrain>(0).Add(new ApiKeyRequest(id, id, role) { PerMinute = perMinute }, CancellationToken.None);
        var http = Connect();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", added.Text);
        return http;
    }

    /// <summary>Trains a small ensemble with two members, once for all tests that share this silo.</summary>
    public Task Train()
    {
        lock (_lock)
            return _trained ??= TrainOnce();
    }

    /// <summary>Files of the first test images of the built-in data.</summary>
    public async Task<ImageFile[]> Images(int count) =>
        [.. (await Grains.GetGrain<ISampleGrain>(0).Draw(new DataSource(), count, 1, CancellationToken.None)).Select(sample => new ImageFile($"{sample.Index}.png", sample.File))];

    /// <summary>Waits until a sweep is in one of some states.</summary>
    public async Task Until(string sweep, params SweepPhase[] phases)
    {
        while (Array.IndexOf(phases, (await Grains.GetGrain<ISweepGrain>(sweep).GetProgress(0, CancellationToken.None)).Phase) < 0)
            await Task.Delay(50);
    }

    private async Task TrainOnce()
    {
        var sweep = Grains.GetGrain<ISweepGrain>(Ensemble);
        await sweep.Submit(new SweepRequest { Space = SearchSpace.Of(("epochs", [1]), ("steps", [10])), Seeds = [1, 2] }, CancellationToken.None);
        await Until(Ensemble, SweepPhase.Completed);
    }
}
