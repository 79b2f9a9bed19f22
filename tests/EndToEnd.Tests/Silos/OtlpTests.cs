using System.Net;
using System.Net.Sockets;
using Siamese.EndToEnd.Tests.Collectors;
using Siamese.EndToEnd.Tests.Input;
using Siamese.EndToEnd.Tests.Processes;

namespace Siamese.EndToEnd.Tests.Silos;

/// <summary>`silo --telemetry otlp` with a collector, and without one that answers.</summary>
public sealed class OtlpTests
{
    private static readonly string[] _long = ["sweep", "--data", SmallData.Folder, "--margins", "2", "--epochs", "14", "--steps", "25", "--name", "traced", "--detach"];

    [Fact]
    public async Task A_sweep_that_two_silos_begin_and_a_third_ends_is_one_trace()
    {
        await using var home = new Home();
        using var collector = new OtlpCollector();
        await using (var stopped = await Start(home, collector))
        {
            await home.Ask([.. _long, "--silo", stopped.Gateway]);
            await stopped.Program.Until(() => Checkpoints(collector, lease: 1).Any(), "it stored a checkpoint");
        }

        await using (var killed = await Start(home, collector))
        {
            await killed.Program.Until(() => Checkpoints(collector, lease: 2).Any(), "it stored a checkpoint");
            await killed.Kill();
        }

        await using (var last = await Start(home, collector))
            await home.Ask("watch", "traced", "--silo", last.Gateway);

        var spans = collector.Spans.Where(span => span.Attributes.GetValueOrDefault("siamese.sweep") == "traced").ToArray();
        Assert.Single(spans.Select(span => span.Trace).Distinct());
        var root = Assert.Single(spans, span => span.Parent.Length == 0);
        Assert.Equal("sweep.submit", root.Name);
        Assert.Equal(
            ["ensemble.form", "sweep", "sweep.phase", "sweep.prepare", "sweep.submit", "trial.checkpoint", "trial.handback", "trial.lease", "trial.result", "trial.train"],
            spans.Select(span => span.Name).Distinct().Order(StringComparer.Ordinal));
        var leases = spans.Where(span => span.Name == "trial.lease").OrderBy(span => span.Attributes["siamese.fence"], StringComparer.Ordinal).ToArray();
        Assert.Equal(["1", "2", "3"], leases.Select(lease => lease.Attributes["siamese.fence"]));
        Assert.Equal(3, leases.Select(lease => lease.Attributes["siamese.silo"]).Distinct().Count());
        // What a trainer does hangs below its lease, even if it was killed; everything else below the submission.
        Assert.All(spans.Where(span => span.Name is "trial.train" or "trial.checkpoint" or "trial.result" or "trial.handback"), span =>
            Assert.Equal(leases.Single(lease => lease.Attributes["siamese.fence"] == span.Attributes["siamese.fence"]).Id, span.Parent));
        Assert.All(spans.Where(span => span.Name is "trial.lease" or "sweep" or "sweep.phase" or "sweep.prepare" or "ensemble.form"), span => Assert.Equal(root.Id, span.Parent));
        Assert.Equal("1", Assert.Single(spans, span => span.Name == "trial.handback").Attributes["siamese.fence"]);
        Assert.Equal("3", Assert.Single(spans, span => span.Name == "trial.result").Attributes["siamese.fence"]);
        Assert.Contains(spans, span => span.Name == "trial.train" && span.Events.Contains("epoch"));
        var whole = Assert.Single(spans, span => span.Name == "sweep");
        Assert.All(spans, span => Assert.InRange(span.End, span.Start, whole.End));
    }

    [Fact]
    public async Task The_log_has_the_trace_of_a_sweep_and_metrics_have_bounded_labels()
    {
        await using var home = new Home();
        using var collector = new OtlpCollector();
        string log;
        await using (var silo = await Start(home, collector, ("OTEL_RESOURCE_ATTRIBUTES", "deployment.environment=test")))
        {
            await home.Ask(["sweep", .. SmallData.InShortEpochs, "--margins", "1", "--epochs", "1", "--name", "logged", "--silo", silo.Gateway]);
            await silo.Program.Until(() => silo.Log.Contains(": Completed", StringComparison.Ordinal), "the sweep completed");
            log = silo.Log;
        }

        var root = Assert.Single(collector.Spans, span => span.Name == "sweep.submit");
        var begins = Assert.Single(collector.Log, line => line.Body.Contains("training starts under lease 1", StringComparison.Ordinal));
        Assert.Equal(root.Trace, begins.Trace);
        Assert.Equal(Assert.Single(collector.Spans, span => span.Name == "trial.train").Id, begins.Span);
        Assert.Equal("logged", begins.Attributes["Sweep"]);
        Assert.Contains(log.Split('\n'), line => line.Contains("training starts", StringComparison.Ordinal) && line.Contains(root.Trace, StringComparison.Ordinal));
        Assert.Contains(collector.Log, line => line.Trace.Length == 0 && line.Body.Contains("Application started", StringComparison.Ordinal));

        var ours = collector.Metrics.Where(metric => metric.Name.StartsWith("siamese.", StringComparison.Ordinal)).ToArray();
        Assert.Superset(new HashSet<string> { "siamese.sweeps.submitted", "siamese.trials.ended", "siamese.trial.duration", "siamese.epochs" }, ours.Select(metric => metric.Name).ToHashSet());
        Assert.Equal([("siamese.status", "Completed")], ours.SelectMany(metric => metric.Series).SelectMany(labels => labels.Select(label => (label.Key, label.Value))).Distinct());
        Assert.Contains(collector.Metrics, metric => metric.Name.StartsWith("orleans-", StringComparison.Ordinal));

        foreach (var resource in collector.Spans.Select(span => span.Resource).Concat(collector.Log.Select(line => line.Resource)).Concat(collector.Metrics.Select(metric => metric.Resource)))
        {
            Assert.Equal("siamese-silo", resource["service.name"]);
            Assert.Equal(Assert.Single(collector.Spans, span => span.Name == "trial.lease").Attributes["siamese.silo"], resource["service.instance.id"]);
            Assert.NotEmpty(resource["service.version"]);
            Assert.Equal("test", resource["deployment.environment"]);
        }
    }

    [Fact]
    public async Task The_environment_names_the_service_and_chooses_which_traces_are_kept()
    {
        await using var home = new Home();
        using var collector = new OtlpCollector();
        await using (var silo = await Start(home, collector, ("OTEL_SERVICE_NAME", "mine"), ("OTEL_TRACES_SAMPLER", "always_off")))
            await home.Ask(["sweep", .. SmallData.InShortEpochs, "--margins", "1", "--epochs", "1", "--silo", silo.Gateway]);

        Assert.Empty(collector.Spans);
        Assert.NotEmpty(collector.Metrics);
        Assert.All(collector.Metrics, metric => Assert.Equal("mine", metric.Resource["service.name"]));
        Assert.All(collector.Log, line => Assert.Equal("mine", line.Resource["service.name"]));
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_collector_that_does_not_answer_does_not_disturb_the_silo(bool isListening)
    {
        await using var home = new Home();
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var endpoint = $"http://localhost:{((IPEndPoint)silent.LocalEndpoint).Port}";
        if (!isListening)
            silent.Stop();
        (string, string)[] environment = [("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint), ("OTEL_BSP_SCHEDULE_DELAY", "10"), ("OTEL_BLRP_SCHEDULE_DELAY", "10"), ("OTEL_METRIC_EXPORT_INTERVAL", "10")];
        await using var silo = await HandStartedSilo.Start(home, environment, "--telemetry", "otlp");

        var sweep = await home.Ask(["sweep", .. SmallData.InShortEpochs, "--margins", "1", "--epochs", "1", "--silo", silo.Gateway]);

        Assert.Equal("completed", Assert.Single(sweep.List("trials")).Text("status"));
        silo.Program.Signal(Signals.Terminate);
        var outcome = (await silo.Program.Ends()).Exits(0);
        Assert.DoesNotContain("OpenTelemetry", outcome.Out + outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("warn:", outcome.Out + outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("fail:", outcome.Out + outcome.Error, StringComparison.Ordinal);
    }

    private static Task<HandStartedSilo> Start(Home home, OtlpCollector collector, params (string, string)[] more) =>
        HandStartedSilo.Start(home, [.. collector.Environment, .. more], "--telemetry", "otlp");

    private static IEnumerable<Span> Checkpoints(OtlpCollector collector, int lease) =>
        collector.Spans.Where(span => span.Name == "trial.checkpoint" && span.Attributes["siamese.fence"] == $"{lease}");
}
