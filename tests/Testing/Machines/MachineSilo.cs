using System.Globalization;
using Siamese.Contracts.Connections;

namespace Siamese.Testing.Machines;

/// <summary>The silo of one machine, which can be restarted after it ended.</summary>
public sealed class MachineSilo : IAsyncDisposable
{
    private const string Started = "Application started";
    private const string CompletedUnder = ": Completed under lease ";
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(2);

    private readonly string _program;
    private readonly string[] _options;
    private readonly string _folder;
    private readonly List<MachineProcess> _lives = [];

    internal MachineSilo(Machine machine, string program, string store, string folder, int slots, string[] options)
    {
        (Machine, _program, _folder) = (machine, program, folder);
        _options = ["--slots", slots.ToString(CultureInfo.InvariantCulture), "--store", store, "--address", machine.Address, .. options];
    }

    /// <summary>The options of silos and clients that name these files.</summary>
    internal static string[] Options(TlsFiles files) => ["--tls-certificate", files.Certificate, "--tls-key", files.Key, "--tls-authority", files.Authority];

    public Machine Machine { get; }

    /// <summary>Its current process, or its last one.</summary>
    public MachineProcess Process => _lives[^1];

    /// <summary>Everything it has printed, across restarts.</summary>
    public string Said => string.Concat(_lives.Select(life => life.Said));

    /// <summary>Ids of the trials that completed in this silo's grains; a trial that completed twice appears twice.</summary>
    public IEnumerable<string> Completed =>
        from line in Said.Split('\n')
        where line.Contains(CompletedUnder, StringComparison.Ordinal)
        select line[..line.IndexOf(CompletedUnder, StringComparison.Ordinal)].Split(' ')[^1];

    /// <summary>Starts it and returns immediately.</summary>
    public void Begin() => _lives.Add(MachineProcess.Start(
        Machine.Command([_program, .. _options]), _folder, new Dictionary<string, string> { ["SIAMESE_HOME"] = Path.Combine(_folder, Machine.Address) }));

    /// <summary>Starts it and returns when it accepts clients.</summary>
    public async Task Start()
    {
        Begin();
        await Serves();
    }

    /// <summary>Waits until the silo has started this many times: a silo that is declared dead restarts by itself.</summary>
    public Task Serves(int times = 1) => Process.Says(Started, times, _patience);

    /// <summary>Kills it without giving it a chance to clean up.</summary>
    public async Task Kill()
    {
        Process.Kill();
        await Process.Ends(_patience);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var life in _lives)
            await life.DisposeAsync();
    }
}
