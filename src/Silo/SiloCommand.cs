using System.CommandLine;
using Microsoft.Extensions.Configuration;
using Siamese.Contracts;
using Siamese.Silo.Http;
using Siamese.Silo.Options;
using Siamese.Silo.Telemetry;

namespace Siamese.Silo;

/// <summary>The silo's command line. Values that it omits come from the environment or `appsettings.json`.</summary>
internal sealed class SiloCommand
{
    private const int BadInput = 2;
    private const string Section = "Siamese";
    private const string Check = "check";
    private const string Migrate = "migrate";
    private const string Collect = "gc";
    private const string RotateSecret = "rotate-secret";

    private static readonly (string Key, Option Option)[] _options =
    [
        (nameof(SiloOptions.Slots), new Option<int>("--slots") { Description = "number of trials to train at once (default: the machine's cores)" }),
        (nameof(SiloOptions.Store), new Option<string>("--store") { Description = "sqlite:PATH or postgres:CONNECTION (default: siamese.db in the data folder)" }),
        (nameof(SiloOptions.Blobs), new Option<string>("--blobs") { Description = "shared folder for blobs and checkpoints (default: next to the SQLite file, or in PostgreSQL)" }),
        (nameof(SiloOptions.DataRoot), new Option<string>("--data-root") { Description = "folder on this machine that clients may name as data (default: none; they upload it)" }),
        (nameof(SiloOptions.Cache), new Option<string>("--cache") { Description = "folder for the files of uploaded data sets (default: cache in the data folder)" }),
        (nameof(SiloOptions.CacheGb), new Option<int>("--cache-gb") { Description = "maximum gigabytes in the cache (default: 10)" }),
        (nameof(SiloOptions.Address), new Option<string>("--address") { Description = "IP address or name of this machine, where the silo listens and others reach it (default: 127.0.0.1)" }),
        (nameof(SiloOptions.SiloPort), new Option<int>("--silo-port") { Description = "port for other silos, 0 for a free one (default: 11111)" }),
        (nameof(SiloOptions.GatewayPort), new Option<int>("--gateway-port") { Description = "port for clients, 0 for a free one (default: 30000)" }),
        (nameof(SiloOptions.HealthPort), new Option<int>("--health-port") { Description = "port of /live and /ready over HTTP, 0 for a free one (default: none)" }),
        (nameof(SiloOptions.Http), new Option<int>("--http") { Description = "port of the HTTP API, 0 for a free one (default: none)" }),
        (nameof(SiloOptions.HttpPath), new Option<string>("--http-path") { Description = "start of the API's paths, such as /siamese, for a proxy that leaves it there (default: none)" }),
        (nameof(SiloOptions.HttpProxy), new Option<string>("--http-proxy") { Description = "addresses or networks of proxies in front of the API, with commas between them (default: none)" }),
        (nameof(SiloOptions.HttpUrl), new Option<string>("--http-url") { Description = "address at which users reach this silo's web page, for links from the pages of other silos (default: its own address, if no proxy is stated)" }),
        (nameof(SiloOptions.ClusterId), new Option<string>("--cluster-id") { Description = "silos with the same id and store form one cluster (default: siamese)" }),
        (nameof(SiloOptions.TlsCertificate), new Option<string>("--tls-certificate") { Description = "PEM file of this silo's certificate; required unless --address is on loopback" }),
        (nameof(SiloOptions.TlsKey), new Option<string>("--tls-key") { Description = "PEM file of its private key" }),
        (nameof(SiloOptions.TlsAuthority), new Option<string>("--tls-authority") { Description = "PEM file of the authority that issued the certificates of all silos and clients" }),
        (nameof(SiloOptions.TlsDenied), new Option<string>("--tls-denied") { Description = "file with the serial numbers of certificates that are no longer accepted, one per line" }),
        (nameof(SiloOptions.Insecure), new Option<bool>("--insecure") { Description = "allow connections beyond loopback without TLS: anyone who reaches the silo can do anything" }),
        (nameof(SiloOptions.InsecureStore), new Option<bool>("--insecure-store") { Description = "allow a database on another machine without SSL Mode=VerifyFull: others could intercept the connection or impersonate it" }),
        (nameof(SiloOptions.Telemetry), new Option<string>("--telemetry") { Description = "otlp: send traces, metrics and the log to a collector, as OTEL_EXPORTER_OTLP_ENDPOINT and the other standard variables say; console: write traces and metrics to the console" }),
        (nameof(SiloOptions.Local), new Option<bool>("--local") { Description = "run as the local silo that the client starts for itself" }),
        (nameof(SiloOptions.IdleExit), new Option<int>("--idle-exit") { Description = "stop after this many seconds without work and without a client (default: never)" }),
    ];

    private readonly ParseResult _parsed;

    private SiloCommand(ParseResult parsed) => _parsed = parsed;

    public static SiloCommand Parse(string[] args)
    {
        var command = new RootCommand("Runs a silo, which trains trials in its slots and answers requests for verdicts.") { Subcommands = { Store() } };
        foreach (var (_, option) in _options)
            command.Options.Add(option);
        command.SetAction(Marked);
        return new SiloCommand(command.Parse(args));
    }

    /// <summary>Runs the silo with its options; the exit code is 2 if they or the environment are invalid.</summary>
    public async Task<int> InvokeAsync(Func<SiloOptions, CancellationToken, Task> run)
    {
        if (_parsed.Errors.Count > 0)
            return Refuse(_parsed.Errors[0].Message);
        var command = _parsed.CommandResult.Command;
        if (_parsed.Action != command.Action)
            return await _parsed.InvokeAsync();
        try
        {
            switch (command.Name)
            {
                case Check:
                    return await StoreCommand.Check(Options(), Console.Out, CancellationToken.None);
                case Migrate:
                    return await StoreCommand.Migrate(Options(), Console.Out);
                case Collect:
                    return await StoreCommand.Collect(Options(), Console.Out, CancellationToken.None);
                case RotateSecret:
                    return await StoreCommand.RotateSecret(Options(), Console.Out);
                default:
                    await run(Options(), CancellationToken.None);
                    return 0;
            }
        }
        catch (Exception e) when (e is BadInputException or StoreUnavailableException)
        {
            return Refuse(e.Message);
        }
    }

    /// <summary>The commands of `silo store`, which take the options that locate a store.</summary>
    private static Command Store()
    {
        var store = new Command("store", "Checks a store, migrates it, removes what nothing needs, or changes its secret.")
        {
            Subcommands =
            {
                new Command(Check, "Reports what a store contains, and reads all of its blobs and checkpoints; exits with 1 if something is broken."),
                new Command(Migrate, "Creates a store or updates its schema, as a silo does when it starts."),
                new Command(Collect, "Removes the blobs and checkpoints that nothing needs and nobody used for a day, as silos do every six hours."),
                new Command(RotateSecret, "Makes a new secret, with which silos sign the tickets of clients and the ids of verdicts."),
            },
        };
        foreach (var command in store.Subcommands)
        {
            foreach (var (_, option) in _options.Where(option => option.Key is nameof(SiloOptions.Store) or nameof(SiloOptions.Blobs) or nameof(SiloOptions.InsecureStore)))
                command.Options.Add(option);
            command.SetAction(Marked);
        }

        return store;
    }

    /// <summary>Does nothing: it marks our own commands, unlike the library's, such as help.</summary>
    private static int Marked(ParseResult parsed) => 0;

    private SiloOptions Options()
    {
        var settings = new Dictionary<string, string?>();
        foreach (var (key, option) in _options)
        {
            var variable = $"SIAMESE_{option.Name.TrimStart('-').Replace('-', '_').ToUpperInvariant()}";
            if (_parsed.GetResult(option) is { Implicit: false } given)
                settings[$"{Section}:{key}"] = given.Tokens.Count == 0 ? "true" : given.Tokens[^1].Value;
            else if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value)
                settings[$"{Section}:{key}"] = value;
        }

        try
        {
            var options = new ConfigurationBuilder()
                .AddJsonFile(Path.Combine(Environment.CurrentDirectory, "appsettings.json"), optional: true)
                .AddInMemoryCollection(settings)
                .Build()
                .GetSection(Section)
                .Get<SiloOptions>() ?? new SiloOptions();
            Verify(options);
            return options;
        }
        catch (InvalidOperationException e)
        {
            throw new BadInputException($"{e.Message} See silo --help.", e);
        }
        catch (InvalidDataException e)
        {
            throw new BadInputException($"{e.Message} {e.InnerException?.Message}", e);
        }
    }

    private static void Verify(SiloOptions options)
    {
        BadInputException.ThrowUnless(options.Slots >= 1, $"--slots must be at least 1, not {options.Slots}.");
        BadInputException.ThrowUnless(options.Address.Length > 0, $"--address must not be empty.");
        BadInputException.ThrowUnless(options.SiloPort is >= 0 and <= 65535, $"--silo-port must be from 0 to 65535, not {options.SiloPort}.");
        BadInputException.ThrowUnless(options.GatewayPort is >= 0 and <= 65535, $"--gateway-port must be from 0 to 65535, not {options.GatewayPort}.");
        BadInputException.ThrowUnless(
            options.SiloPort != options.GatewayPort || options.SiloPort == 0,
            $"--silo-port and --gateway-port must differ, but both are {options.SiloPort}.");
        BadInputException.ThrowUnless(options.HealthPort is null or (>= 0 and <= 65535), $"--health-port must be from 0 to 65535, not {options.HealthPort}.");
        BadInputException.ThrowUnless(
            options.HealthPort is null or 0 || (options.HealthPort != options.SiloPort && options.HealthPort != options.GatewayPort),
            $"--health-port must differ from --silo-port and --gateway-port, but it is {options.HealthPort} too.");
        BadInputException.ThrowUnless(options.Http is null or (>= 0 and <= 65535), $"--http must be from 0 to 65535, not {options.Http}.");
        BadInputException.ThrowUnless(
            options.Http is null or 0 || (options.Http != options.SiloPort && options.Http != options.GatewayPort && options.Http != options.HealthPort),
            $"--http must differ from --silo-port, --gateway-port and --health-port, but it is {options.Http} too.");
        _ = HttpFront.Of(options);
        BadInputException.ThrowUnless(options.DataRoot.Length == 0 || Directory.Exists(options.DataRoot), $"--data-root: there is no folder '{options.DataRoot}'.");
        BadInputException.ThrowUnless(options.Cache.Length > 0, $"--cache must name a folder.");
        BadInputException.ThrowUnless(options.CacheGb >= 1, $"--cache-gb must be at least 1, not {options.CacheGb}.");
        BadInputException.ThrowUnless(options.IdleExit >= 0, $"--idle-exit must be 0 or more seconds, not {options.IdleExit}.");
        BadInputException.ThrowUnless(options.ClusterId.Length > 0, $"--cluster-id must not be empty.");
        BadInputException.ThrowUnless(options.Telemetry is TelemetryRegistration.Otlp or TelemetryRegistration.ToConsole or TelemetryRegistration.None, $"--telemetry must be otlp, console or none, not '{options.Telemetry}'.");
        if (options.Telemetry is TelemetryRegistration.Otlp)
            _ = OtlpEnvironment.Read();
        using var store = Stores.Open(options.Store, options.Blobs);
        BadInputException.ThrowUnless(
            store.UnprotectedHost is null || options.InsecureStore,
            $"--store: the database is on another machine ({store.UnprotectedHost}), where others could intercept the connection or impersonate the database; add SSL Mode=VerifyFull to the connection string, with Root Certificate=FILE if its authority is your own, or --insecure-store.");
        BadInputException.ThrowUnless(
            !store.IsShared || !options.Local,
            $"--local is for a silo that serves one user on one machine, but --store {options.Store.Split(':')[0]}: is for a cluster; state one of them.");
    }

    private static int Refuse(string message)
    {
        Console.Error.WriteLine($"silo: {message}");
        return BadInput;
    }
}
