using System.CommandLine;
using Siamese.Client.Commands;
using Siamese.Client.Connections;
using Siamese.Client.Terminals;

namespace Siamese.Client.Tests;

/// <summary>Runs the client's command line in this process, on a <see cref="FakeCluster"/>.</summary>
internal sealed class ClientRun : IDisposable
{
    private readonly StringWriter _out = new();
    private readonly StringWriter _error = new();

    public FakeCluster Cluster { get; } = new();

    public FakeSweep Sweep => Cluster.TheSweep;

    public SkippingClock Clock { get; } = new();

    public string Out => _out.ToString().ReplaceLineEndings("\n");

    public string Error => Written.ReplaceLineEndings("\n");

    /// <summary>Standard error as it was written, with the carriage returns that lead back to the beginning of a line.</summary>
    public string Written => _error.ToString();

    public List<string?> EndedNow { get; } = [];

    public Interruptions Interruptions { get; }

    /// <summary>The keys typed on the terminal; null if standard input is not a terminal.</summary>
    public Queue<char>? Keys { get; init; }

    /// <summary>Columns of standard error; null if it is not a terminal.</summary>
    public int? ErrorWidth { get; init; }

    public IConnector? Connector { get; init; }

    public string Home { get; } = Path.Combine(Path.GetTempPath(), $"siamese-client-{Guid.NewGuid():N}");

    public ClientRun() => Interruptions = new(EndedNow.Add);

    public Surroundings Surroundings => new(MakeTerminal(), Connector ?? Cluster, Interruptions, Clock);

    public RootCommand Describe() => ClientCommandLine.Describe(Surroundings);

    public Task<int> Run(params string[] args) => Invocation.Run(args, Surroundings, new CrashLog(Home, Clock));

    /// <summary>A file in <see cref="Home"/>.</summary>
    public string Write(string name, string text)
    {
        Directory.CreateDirectory(Home);
        var path = Path.Combine(Home, name);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose()
    {
        Interruptions.Dispose();
        if (Directory.Exists(Home))
            Directory.Delete(Home, recursive: true);
    }

    private Terminal MakeTerminal() => new(
        Terminal.Plain(_out), _out, _error, IsLive: false, CanAsk: Keys is not null, ErrorWidth,
        cancellation => cancellation.IsCancellationRequested
            ? Task.FromCanceled<char?>(cancellation)
            : Task.FromResult<char?>(Keys!.TryDequeue(out var key) ? key : null));
}
