using System.Net;
using System.Net.Sockets;
using Siamese.EndToEnd.Tests.Processes;

namespace Siamese.EndToEnd.Tests.Silos;

public sealed class SiloOptionTests
{
    [Theory]
    [InlineData("--slots", "--slots", "0")]
    [InlineData("--slots", "--slots", "many")]
    [InlineData("--bogus", "--bogus")]
    [InlineData("stray", "stray")]
    [InlineData("--silo-port", "--silo-port", "70000")]
    [InlineData("--telemetry", "--telemetry", "carrier-pigeon")]
    [InlineData("connection string", "--store", "postgres:here")]
    [InlineData("no Host", "--store", "postgres:Database=siamese")]
    [InlineData("sqlite:PATH", "--store", "sqlite:")]
    [InlineData("cannot be opened", "--store", "sqlite:/dev/null/siamese.db")]
    [InlineData("cannot be opened", "--store", "sqlite:.")]
    [InlineData("--idle-exit", "--idle-exit", "-1")]
    [InlineData("--cluster-id", "--cluster-id", "")]
    public async Task An_invalid_option_is_refused(string message, params string[] options)
    {
        await using var home = new Home();

        (await Silo(home, ["--silo-port", "0", "--gateway-port", "0", .. options])).Refuses(2, message);
    }

    [Fact]
    public async Task A_port_already_in_use_is_refused()
    {
        await using var home = new Home();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = $"{((IPEndPoint)listener.LocalEndpoint).Port}";

        (await Silo(home, "--silo-port", "0", "--gateway-port", port)).Refuses(2, port);
        (await Silo(home, "--gateway-port", "0", "--silo-port", port)).Refuses(2, port);
    }

    [Fact]
    public async Task A_store_that_is_not_a_database_is_refused()
    {
        await using var home = new Home();
        var letter = home.WriteFile("letter.db", "Dear silo, this is a letter and not a database."u8.ToArray());

        (await Silo(home, "--silo-port", "0", "--gateway-port", "0", "--store", $"sqlite:{letter}")).Refuses(2, letter);
    }

    [Fact]
    public async Task Unreadable_settings_are_refused()
    {
        await using var home = new Home();
        home.WriteFile("appsettings.json", "{ \"Siamese\": { \"Slots\": "u8.ToArray());

        (await Silo(home, "--silo-port", "0", "--gateway-port", "0")).Refuses(2, "appsettings.json");
    }

    [Fact]
    public async Task The_command_line_overrides_the_environment_and_the_environment_overrides_the_settings()
    {
        await using var home = new Home();
        home.WriteFile("appsettings.json", """{ "Siamese": { "Slots": 0, "Telemetry": "neither" } }"""u8.ToArray());
        (string, string)[] environment = [("SIAMESE_SLOTS", "-1")];

        Assert.Contains("not 0", (await Silo(home)).Exits(2).Error, StringComparison.Ordinal);
        Assert.Contains("not -1", (await Silo(home, environment)).Exits(2).Error, StringComparison.Ordinal);
        Assert.Contains("not -2", (await Silo(home, environment, "--slots", "-2")).Exits(2).Error, StringComparison.Ordinal);
        Assert.Contains("'neither'", (await Silo(home, environment, "--slots", "1")).Exits(2).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4317")]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL", "http/json")]
    [InlineData("OTEL_BSP_MAX_QUEUE_SIZE", "10")]
    public async Task An_invalid_variable_of_OpenTelemetry_is_refused_if_it_would_be_used(string name, string value)
    {
        await using var home = new Home();

        (await Silo(home, [(name, value)], "--silo-port", "0", "--gateway-port", "0", "--telemetry", "otlp")).Refuses(2, name);
        // Without telemetry, the next problem is reported.
        (await Silo(home, [(name, value)], "--silo-port", "0", "--gateway-port", "0", "--store", "sqlite:")).Refuses(2, "sqlite:PATH");
    }

    private static Task<Outcome> Silo(Home home, params string[] options) => Silo(home, [], options);

    private static async Task<Outcome> Silo(Home home, (string, string)[] environment, params string[] options)
    {
        await using var silo = home.Start(Built.Silo, options, environment);
        return await silo.Ends();
    }
}
