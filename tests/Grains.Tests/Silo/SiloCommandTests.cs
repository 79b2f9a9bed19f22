using Siamese.Silo;
using Siamese.Silo.Options;

namespace Siamese.Grains.Tests.Silo;

/// <summary>Changes the environment, working folder and console of the process, so no other tests run at the same time.</summary>
[Collection("process-wide")]
[CollectionDefinition("process-wide", DisableParallelization = true)]
public sealed class SiloCommandTests : IDisposable
{
    private static readonly string[] _variables =
        ["SIAMESE_SLOTS", "SIAMESE_STORE", "SIAMESE_BLOBS", "SIAMESE_SILO_PORT", "SIAMESE_GATEWAY_PORT", "SIAMESE_CLUSTER_ID", "SIAMESE_TELEMETRY", "SIAMESE_HOME", "SIAMESE_ADDRESS", "SIAMESE_CACHE", "SIAMESE_CACHE_GB", "SIAMESE_DATA_ROOT"];

    private readonly string _folder = Directory.CreateTempSubdirectory("siamese-silo-").FullName;
    private readonly string _before = Environment.CurrentDirectory;
    private readonly TextWriter _error = Console.Error;
    private readonly StringWriter _said = new();
    private readonly Dictionary<string, string?> _environment = _variables.ToDictionary(name => name, Environment.GetEnvironmentVariable);

    public SiloCommandTests()
    {
        Environment.CurrentDirectory = _folder;
        Console.SetError(_said);
        foreach (var name in _variables)
            Environment.SetEnvironmentVariable(name, null);
    }

    public void Dispose()
    {
        Console.SetError(_error);
        Environment.CurrentDirectory = _before;
        foreach (var (name, value) in _environment)
            Environment.SetEnvironmentVariable(name, value);
        _said.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Without_options_the_defaults_apply()
    {
        Environment.SetEnvironmentVariable("SIAMESE_HOME", "/some/home");

        var options = await Options();

        Assert.Equal((Environment.ProcessorCount, 11111, 30000, "siamese", "none"), (options.Slots, options.SiloPort, options.GatewayPort, options.ClusterId, options.Telemetry));
        Assert.Equal("sqlite:/some/home/siamese.db", options.Store);
        Assert.Equal("127.0.0.1", options.Address);
        Assert.Equal(("/some/home/cache", 10), (options.Cache, options.CacheGb));
        Assert.Equal((false, 0), (options.Local, options.IdleExit));
    }

    [Fact]
    public async Task The_command_line_overrides_the_environment_and_the_environment_overrides_the_file()
    {
        File.WriteAllText("appsettings.json", """{ "Siamese": { "Slots": 1, "SiloPort": 1001, "GatewayPort": 1002, "ClusterId": "file" } }""");
        Environment.SetEnvironmentVariable("SIAMESE_SLOTS", "2");
        Environment.SetEnvironmentVariable("SIAMESE_SILO_PORT", "2001");

        var options = await Options("--slots", "3");

        Assert.Equal((3, 2001, 1002, "file"), (options.Slots, options.SiloPort, options.GatewayPort, options.ClusterId));
    }

    [Fact]
    public async Task Every_option_is_read_from_the_command_line()
    {
        var options = await Options(
            "--slots", "4", "--store", "sqlite:/a/b.db", "--blobs", "/c", "--silo-port", "0", "--gateway-port", "0", "--cluster-id", "mine",
            "--telemetry", "console", "--local", "--idle-exit", "30", "--cache", "/a/cache", "--cache-gb", "3", "--data-root", "/");

        Assert.Equal((4, "sqlite:/a/b.db", "/c", 0, 0, "mine", "console", true, 30), (
            options.Slots, options.Store, options.Blobs, options.SiloPort, options.GatewayPort, options.ClusterId, options.Telemetry, options.Local, options.IdleExit));
        Assert.Equal(("/a/cache", 3, "/"), (options.Cache, options.CacheGb, options.DataRoot));
    }

    [Fact]
    public async Task The_address_on_the_command_line_overrides_the_environment()
    {
        Environment.SetEnvironmentVariable("SIAMESE_ADDRESS", "10.0.0.7");

        Assert.Equal("10.0.0.7", (await Options()).Address);
        Assert.Equal("10.0.0.8", (await Options("--address", "10.0.0.8")).Address);
    }

    [Theory]
    [InlineData("--slots", "0", "--slots must be at least 1, not 0.")]
    [InlineData("--slots", "many", "many")]
    [InlineData("--silo-port", "70000", "from 0 to 65535")]
    [InlineData("--gateway-port", "-1", "from 0 to 65535")]
    [InlineData("--idle-exit", "-1", "--idle-exit")]
    [InlineData("--store", "redis:localhost", "not start with 'redis:'")]
    [InlineData("--store", "sqlite:", "sqlite:PATH")]
    [InlineData("--store", "postgres:", "connection string")]
    [InlineData("--store", "postgres:Host=db", "no Database")]
    [InlineData("--store", "postgres:Database=siamese", "no Host")]
    [InlineData("--store", "postgres:Hots=db", "a keyword that does not exist")]
    [InlineData("--store", "postgres:Host=db;Database=siamese", "the database is on another machine (db)")]
    [InlineData("--store", "postgres:Host=localhost,10.0.0.5:5433;Database=siamese", "the database is on another machine (10.0.0.5)")]
    [InlineData("--store", "postgres:Host=db;Database=siamese;SSL Mode=Require", "add SSL Mode=VerifyFull")]
    [InlineData("--data-root", "/no/such", "there is no folder '/no/such'")]
    [InlineData("--telemetry", "graphite", "console or none")]
    [InlineData("--cluster-id", "", "--cluster-id must not be empty")]
    [InlineData("--gateway-port", "11111", "must differ")]
    [InlineData("--health-port", "70000", "--health-port must be from 0 to 65535")]
    [InlineData("--health-port", "30000", "--health-port must differ")]
    [InlineData("--cache", "", "--cache must name a folder")]
    [InlineData("--cache-gb", "0", "--cache-gb must be at least 1")]
    [InlineData("--address", "", "--address must not be empty")]
    [InlineData("--no-such-option", "1", "--no-such-option")]
    public async Task A_bad_value_exits_with_2_and_one_sentence(string option, string value, string because)
    {
        Assert.Equal(2, await Refused(option, value));
        Assert.Contains(because, _said.ToString(), StringComparison.Ordinal);
        Assert.StartsWith("silo: ", _said.ToString(), StringComparison.Ordinal);
        Assert.Single(_said.ToString().TrimEnd().Split('\n'));
    }

    [Theory]
    [InlineData("postgres:Host=db;Database=siamese;SSL Mode=VerifyFull")]
    [InlineData("postgres:Host=localhost;Database=siamese")]
    [InlineData("postgres:Host=127.0.0.1:5433;Database=siamese")]
    [InlineData("postgres:Host=[::1]:5433,::1;Database=siamese")]
    [InlineData("postgres:Host=/run/postgresql;Database=siamese")]
    [InlineData("postgres:Host=db;Database=siamese", "--insecure-store")]
    public async Task A_database_on_this_machine_or_behind_verified_TLS_is_accepted(string store, params string[] options)
    {
        var command = SiloCommand.Parse(["--store", store, .. options]);

        Assert.Equal(0, await command.InvokeAsync((_, _) => Task.CompletedTask));
    }

    [Theory]
    [InlineData("postgresql://siamese:secret@db/siamese")]
    [InlineData("postgres:Host=db;Database=siamese;Passwort=secret")]
    [InlineData("postgres:Host=db;Database=siamese;Password=half;secret=half")]
    [InlineData("postgres:Host=db;Database=siamese;Port=secret")]
    [InlineData("Host=db;Database=siamese;Password=secret")]
    [InlineData("Host=db;Database=siamese;Password=secret:half")]
    public async Task The_message_about_a_refused_store_does_not_contain_its_password(string store)
    {
        Assert.Equal(2, await Refused("--store", store));
        Assert.DoesNotContain("secret", _said.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_local_silo_cannot_use_a_postgres_store()
    {
        Environment.SetEnvironmentVariable("SIAMESE_STORE", "postgres:Host=localhost;Database=siamese");

        Assert.Equal(2, await Refused("--local"));
        Assert.Contains("--local", _said.ToString(), StringComparison.Ordinal);
        Assert.True((await Options("--local", "--store", "sqlite:/a/b.db")).Local);
    }

    [Fact]
    public async Task A_bad_value_in_the_environment_exits_with_2()
    {
        Environment.SetEnvironmentVariable("SIAMESE_SLOTS", "lots");

        Assert.Equal(2, await Refused());
        Assert.Contains("lots", _said.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_invalid_settings_file_exits_with_2()
    {
        File.WriteAllText("appsettings.json", "{ not json");

        Assert.Equal(2, await Refused());
        Assert.Contains("appsettings.json", _said.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_store_commands_take_the_store_and_start_no_silo()
    {
        var store = $"sqlite:{Path.Combine(_folder, "siamese.db")}";

        Assert.Equal(2, await Refused("store", "check", "--store", store));
        Assert.Contains("There is no store", _said.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, await Refused("store", "migrate", "--store", store));
        Environment.SetEnvironmentVariable("SIAMESE_STORE", store);
        Assert.Equal(0, await Refused("store", "check"));
        Assert.Equal(2, await Refused("store"));
        Assert.Equal(2, await Refused("store", "check", "--slots", "1"));
    }

    [Fact]
    public async Task Bad_input_during_startup_exits_with_2() =>
        Assert.Equal(2, await SiloCommand.Parse([]).InvokeAsync((_, _) => throw new Contracts.BadInputException("no store")));

    private static async Task<SiloOptions> Options(params string[] args)
    {
        SiloOptions? read = null;
        var code = await SiloCommand.Parse(args).InvokeAsync((options, _) =>
        {
            read = options;
            return Task.CompletedTask;
        });
        Assert.Equal(0, code);
        return read!;
    }

    private static Task<int> Refused(params string[] args) =>
        SiloCommand.Parse(args).InvokeAsync((_, _) => throw new InvalidOperationException("It was not refused."));
}
