using System.Security.Cryptography;
using Microsoft.Kiota.Abstractions;
using Microsoft.Kiota.Abstractions.Authentication;
using Microsoft.Kiota.Http.HttpClientLibrary;
using Microsoft.Kiota.Http.HttpClientLibrary.Middleware.Options;
using Siamese.ApiClient;
using Siamese.Contracts.Access;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Pairs;
using Siamese.Contracts.Recalibrating;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Tuning;
using Siamese.Web.Tests.Silos;

namespace Siamese.Web.Tests.GeneratedClient;

/// <summary>A silo that the generated client calls.</summary>
public sealed class ClientSilo : ApiSilo
{
    /// <summary>Name of a sweep with points that differ in a number and in a word.</summary>
    public const string Varied = "varied";

    /// <summary>Name of a sweep of 24 trials that is prepared and does not begin.</summary>
    public const string Held = "held";

    /// <summary>Name of an imported ensemble with feedback.</summary>
    public const string Taught = "taught";

    private const int HeldTrials = 24;

    private const int FeedbackOfEachKind = 15;

    private Task<Names>? _existing;
    private Task? _varied;
    private Task? _held;
    private Task? _taught;

    /// <summary>A client as a user makes it, which notes what it is answered.</summary>
    /// <param name="wire">What is between it and the silo.</param>
    /// <param name="key">Its key; none by default.</param>
    internal SiameseClient Client(Wire wire, string? key = null) => new(Adapter(wire, key));

    /// <summary>Adds a key.</summary>
    /// <returns>Its text.</returns>
    internal async Task<string> NewKey(Role role, int perMinute = 6000)
    {
        var id = Guid.NewGuid().ToString("N");
        return (await Grains.GetGrain<IKeyGrain>(0).Add(new ApiKeyRequest(id, id, role) { PerMinute = perMinute }, CancellationToken.None)).Text;
    }

    /// <summary>What exists in this silo.</summary>
    internal Task<Names> Existing() => _existing ??= FindExisting();

    internal Task TrainVaried() => _varied ??= Train(Varied, SearchSpace.Of(("margin", [0.5, 1]), ("loss", ["contrastive", "triplet"]), ("epochs", [1]), ("steps", [5])));

    internal Task Hold() => _held ??= HoldOnce();

    /// <summary>Imports the trained ensemble under another name, and gives it feedback that contradicts its verdicts.</summary>
    internal Task Teach() => _taught ??= TeachOnce();

    /// <summary>The trained ensemble as a zip file.</summary>
    internal async Task<MemoryStream> Export()
    {
        await Train();
        var http = Client(new());
        var newest = await http.Api.V1.Ensembles[Ensemble].GetAsync();
        await using var exported = await http.Api.V1.Ensembles[Ensemble].Versions[newest!.Version!.Value].Export.GetAsync();
        var archive = new MemoryStream();
        await exported!.CopyToAsync(archive);
        archive.Position = 0;
        return archive;
    }

    /// <summary>Waits until the only trial of a sweep has been trained for an epoch.</summary>
    /// <returns>The trial's id.</returns>
    internal async Task<string> UntilTrained(string sweep)
    {
        while (true)
        {
            if ((await Grains.GetGrain<ISweepGrain>(sweep).GetProgress(0, CancellationToken.None)).Running is [{ Epoch: not null } trial])
                return trial.Trial;
            await Task.Delay(20);
        }
    }

    /// <summary>Trains a sweep to its end.</summary>
    internal async Task Train(string sweep, SearchSpace space)
    {
        await Grains.GetGrain<ISweepGrain>(sweep).Submit(new SweepRequest { Space = space }, CancellationToken.None);
        await Until(sweep, SweepPhase.Completed);
    }

    internal static string Sha256(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private async Task<Names> FindExisting()
    {
        await Train();
        var images = await Images(2);
        var verdict = await Grains.GetGrain<IVerdictGrain>(Ensemble).Judge(images[0], images[1], VerdictTerms.Default, CancellationToken.None);
        var trials = await Grains.GetGrain<ISweepGrain>(Ensemble).GetTrials(CancellationToken.None);
        return new(Ensemble, trials[0].Trial, verdict.Id!, "existing1");
    }

    private async Task HoldOnce()
    {
        var space = SearchSpace.Of(("margin", [.. Enumerable.Range(1, HeldTrials).Select(i => (HyperparameterValue)(i / 10.0))]), ("epochs", [50]));
        await Grains.GetGrain<ISweepGrain>(Held).Submit(new SweepRequest { Space = space, StartWhenPrepared = false }, CancellationToken.None);
        await Until(Held, SweepPhase.Prepared);
    }

    private async Task TeachOnce()
    {
        await Client(new()).Api.V1.Ensembles[Taught].Import.PostAsync(await Export());
        var images = await Images(12);
        var pairs = Enumerable.Range(0, images.Length).SelectMany(i => Enumerable.Range(i + 1, images.Length - 1 - i).Select(j => new PairOfImages(i, j)));
        var answers = await Grains.GetGrain<IVerdictGrain>(Taught).JudgeAll([.. images], [.. pairs], VerdictTerms.Default, CancellationToken.None);
        Verdict[] verdicts = [.. answers.Select(answer => answer.Verdict!).OrderBy(verdict => verdict.Distance)];
        await Grains.GetGrain<IEnsembleGrain>(Taught).GiveFeedback(
            [.. verdicts.Take(FeedbackOfEachKind).Select(verdict => new Feedback(verdict.Id!, Relation.Different)), .. verdicts.TakeLast(FeedbackOfEachKind).Select(verdict => new Feedback(verdict.Id!, Relation.Same))],
            CancellationToken.None);
    }

    private HttpClientRequestAdapter Adapter(Wire wire, string? key)
    {
        // Its own would wait for minutes where a key has had its number of requests.
        IRequestOption[] options = [new RetryHandlerOption { MaxRetry = 0 }];
        return new(key is null ? new AnonymousAuthenticationProvider() : new BaseBearerTokenAuthenticationProvider(new KnownKey(key)), httpClient: KiotaClientFactory.Create(wire, options))
        {
            BaseUrl = Address.ToString().TrimEnd('/'),
        };
    }

    /// <summary>A key that does not change.</summary>
    private sealed class KnownKey(string key) : IAccessTokenProvider
    {
        public AllowedHostsValidator AllowedHostsValidator { get; } = new();

        public Task<string> GetAuthorizationTokenAsync(Uri uri, Dictionary<string, object>? additionalAuthenticationContext = null, CancellationToken cancellationToken = default) => Task.FromResult(key);
    }
}

[CollectionDefinition(Name)]
public sealed class OneClientSilo : ICollectionFixture<ClientSilo>
{
    public const string Name = "generated client";
}
