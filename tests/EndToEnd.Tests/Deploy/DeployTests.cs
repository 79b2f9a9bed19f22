using System.Globalization;
using System.Text.RegularExpressions;
using Siamese.EndToEnd.Tests.Processes;

namespace Siamese.EndToEnd.Tests.Deploy;

/// <summary>Checks that the files in deploy/ match what silos do. Nothing here runs a container.</summary>
public sealed partial class DeployTests
{
    private const string Compose = "compose.yaml";
    private const string Unit = "siamese-silo.service";
    private const string Health = "8080";

    /// <summary>The longest that a silo drains: the host's shutdown timeout.</summary>
    private const int DrainSeconds = 10;

    /// <summary>The longest that a starting silo takes to migrate a PostgreSQL store.</summary>
    private const int MigrationSeconds = 600;

    private static readonly string[] _pods = ["kubernetes", "silos.yaml"];

    public static TheoryData<string> Files => ["Dockerfile", Compose, "kubernetes/silos.yaml", Unit];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Every_setting_in_a_deployment_file_is_a_silo_option(string file)
    {
        await using var home = new Home();
        await using var silo = home.Start(Built.Silo, ["--help"]);
        var help = (await silo.Ends()).Exits(0).Out;
        var known = Option().Matches(help).Select(option => $"SIAMESE_{option.Groups[1].Value.Replace('-', '_').ToUpperInvariant()}").ToHashSet();

        // Except the data folder, and the password that compose.yaml asks you to set.
        var made = Variable().Matches(Read(file.Split('/'))).Select(variable => variable.Value).Distinct().Except(["SIAMESE_HOME", "SIAMESE_PASSWORD"]).ToList();

        Assert.NotEmpty(made);
        Assert.All(made, variable => Assert.Contains(variable, known));
    }

    [Fact]
    public void Every_deployment_gives_a_stopping_silo_time_to_drain()
    {
        Assert.All(Silos(), silo => Assert.True(Seconds(silo["stop_grace_period"].Text) > DrainSeconds));
        Assert.True(Seconds(YamlDocument.Read(_pods)["spec", "template", "spec", "terminationGracePeriodSeconds"].Text) > DrainSeconds);
        Assert.True(Seconds(Setting(Read(Unit), "TimeoutStopSec")) > DrainSeconds);
    }

    [Fact]
    public void Probes_use_the_port_and_paths_that_the_silo_serves()
    {
        var silo = YamlDocument.Read(_pods)["spec", "template", "spec", "containers"].Items.Single();
        var port = silo["ports"].Items.Single(port => port["name"].Text == "health")["containerPort"].Text;
        var stated = silo["env"].Items.Single(variable => variable["name"].Text == "SIAMESE_HEALTH_PORT")["value"].Text;

        Assert.Equal((Health, Health), (port, stated));
        Assert.Equal(
            ["/ready", "/ready", "/live"],
            new[] { "startupProbe", "readinessProbe", "livenessProbe" }.Select(probe => silo[probe, "httpGet", "path"].Text));
        Assert.Contains($"SIAMESE_HEALTH_PORT={Health}", Read("Dockerfile"), StringComparison.Ordinal);
    }

    [Fact]
    public void Pods_of_two_builds_never_run_side_by_side_and_have_time_to_migrate_the_store()
    {
        var deployment = YamlDocument.Read(_pods)["spec"];
        var startup = deployment["template", "spec", "containers"].Items.Single()["startupProbe"];

        Assert.Equal("Recreate", deployment["strategy", "type"].Text);
        Assert.True(Seconds(startup["periodSeconds"].Text) * Seconds(startup["failureThreshold"].Text) > MigrationSeconds);
    }

    [Fact]
    public void A_locally_built_image_is_not_pulled_from_a_registry() =>
        Assert.Equal("IfNotPresent", YamlDocument.Read(_pods)["spec", "template", "spec", "containers"].Items.Single()["imagePullPolicy"].Text);

    [Fact]
    public void Every_image_has_a_tag_that_does_not_move()
    {
        var images = ((string[])["Dockerfile", Compose, "kubernetes/silos.yaml"]).SelectMany(file => Image().Matches(Read(file.Split('/')))).Select(match => match.Groups[1].Value).ToList();

        Assert.True(images.Count >= 5);
        Assert.All(images, image => Assert.Matches("^[^:]+:[0-9]+(\\.[0-9]+)+$", image));
    }

    [Theory]
    [InlineData(".gitignore")]
    [InlineData("deploy/Dockerfile.dockerignore")]
    public void Keys_and_passwords_in_the_repository_stay_out_of_commits_and_images(string ignored)
    {
        var patterns = File.ReadAllLines(Path.Combine(Built.Repository, ignored));

        Assert.Contains("certificates/", patterns);
        Assert.Contains(patterns, pattern => pattern is ".env" or "**/.env");
    }

    [Fact]
    public void The_service_and_the_disruption_budget_select_the_silo_pods()
    {
        var labels = YamlDocument.Read(_pods)["spec", "template", "metadata", "labels"];
        var chosen = new[]
        {
            YamlDocument.Read(_pods)["spec", "selector", "matchLabels"],
            YamlDocument.Read("kubernetes", "service.yaml")["spec", "selector"],
            YamlDocument.Read("kubernetes", "disruption-budget.yaml")["spec", "selector", "matchLabels"],
        };

        Assert.All(chosen, selector => Assert.Equal(
            labels.Keys.Select(key => (key, labels[key].Text)), selector.Keys.Select(key => (key, selector[key].Text))));
    }

    [Fact]
    public void Each_silo_in_compose_has_an_address_a_gateway_and_a_store()
    {
        var silos = Silos();

        Assert.Equal(3, silos.Count);
        Assert.All(silos, silo => Assert.Equal(silo["hostname"].Text, silo["environment", "SIAMESE_ADDRESS"].Text));
        Assert.Equal(3, silos.Select(silo => silo["ports"].Items.Single().Text).Distinct().Count());
        Assert.All(silos, silo => Assert.StartsWith("127.0.0.1:", silo["ports"].Items.Single().Text, StringComparison.Ordinal));
        Assert.All(silos, silo => Assert.StartsWith("postgres:Host=postgres;", silo["environment", "SIAMESE_STORE"].Text, StringComparison.Ordinal));
    }

    internal static string Read(params string[] path) => File.ReadAllText(Path.Combine([Built.Repository, "deploy", .. path]));

    private static List<YamlDocument> Silos()
    {
        var services = YamlDocument.Read(Compose)["services"];
        return [.. services.Keys.Where(name => name.StartsWith("silo", StringComparison.Ordinal)).Select(name => services[name])];
    }

    private static string Setting(string unit, string key) => unit.Split('\n').Single(line => line.StartsWith($"{key}=", StringComparison.Ordinal))[(key.Length + 1)..];

    private static int Seconds(string text) => int.Parse(text.TrimEnd('s'), CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\s+--([a-z-]+)", RegexOptions.Multiline)]
    private static partial Regex Option();

    [GeneratedRegex("^(?:FROM| *image:) ([^ \n]+)", RegexOptions.Multiline)]
    private static partial Regex Image();

    [GeneratedRegex("SIAMESE_[A-Z_]+")]
    private static partial Regex Variable();
}
