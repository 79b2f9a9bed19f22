using System.Text.Json;
using Npgsql;
using Siamese.Contracts.Connections;
using Siamese.Testing.Certificates;
using Siamese.Testing.Postgres;

namespace Siamese.Testing.Machines;

/// <summary>Silos on separate machines, one PostgreSQL server that they share, and clients on this machine.</summary>
public sealed class MachineCluster : IAsyncDisposable
{
    /// <summary>Collection of test classes that have machines: a process has one network.</summary>
    public const string OneAtATime = "machines";

    private const int GatewayPort = 30000;
    private const int LinesOfLog = 60;
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(20);

    private readonly Network _network;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("siamese-machines-");
    private readonly TestAuthority _authority = new();
    private readonly List<MachineSilo> _silos = [];
    private string _connection = "";

    private MachineCluster(Network network, PostgresServer postgres)
    {
        (_network, Postgres) = (network, postgres);
        ForClients = _authority.Issue("client", "administer");
    }

    /// <summary>Why none can be created on this machine; null if one can.</summary>
    public static string? Missing => Network.Missing ?? PostgresBinaries.Missing;

    public PostgresServer Postgres { get; }

    /// <summary>The certificate of a client that may do everything.</summary>
    public TlsFiles ForClients { get; }

    public IReadOnlyList<MachineSilo> Silos => _silos;

    /// <summary>Address and port of the gateway of each silo.</summary>
    public IEnumerable<string> Gateways => _silos.Select(silo => $"{silo.Machine.Address}:{GatewayPort}");

    /// <param name="silos">Number of machines.</param>
    /// <param name="slots">Training slots of each silo.</param>
    public static async Task<MachineCluster> Start(int silos = 3, int slots = 1)
    {
        var network = await Network.Create(silos);
        PostgresServer postgres;
        try
        {
            postgres = await PostgresServer.Create(network.Here);
        }
        catch
        {
            await network.DisposeAsync();
            throw;
        }

        var cluster = new MachineCluster(network, postgres);
        try
        {
            await cluster.Renew(slots);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends every silo and starts new ones, all at once, on an empty database.</summary>
    /// <param name="slots">Training slots of each silo.</param>
    /// <param name="options">Further options of each silo.</param>
    public async Task Renew(int slots = 1, params string[] options)
    {
        await EndSilos();
        _connection = await Postgres.NewDatabase();
        foreach (var machine in _network.Machines)
            _silos.Add(new MachineSilo(machine, Built.Silo, $"postgres:{_connection}", _folder.FullName, slots, [.. MachineSilo.Options(_authority.Issue(machine.Address, "silo")), .. options]));
        foreach (var silo in _silos)
            silo.Begin();
        await Task.WhenAll(_silos.Select(silo => silo.Serves()));
    }

    /// <summary>Starts a client on this machine with every silo in its `--silo` options.</summary>
    public MachineProcess Client(params string[] arguments) => MachineProcess.Start(
        [Built.Client, .. arguments, .. _silos.SelectMany(silo => new[] { "--silo", $"{silo.Machine.Address}:{GatewayPort}" }), .. MachineSilo.Options(ForClients)],
        _folder.FullName,
        new Dictionary<string, string> { ["SIAMESE_HOME"] = Path.Combine(_folder.FullName, "client") });

    /// <summary>Runs a client to its end, expects success, and returns its JSON document.</summary>
    public async Task<JsonElement> Ask(params string[] arguments)
    {
        await using var client = Client([.. arguments, "--format", "json"]);
        return await Answer(client);
    }

    /// <summary>The JSON document of a client that was started with `--format json`.</summary>
    public async Task<JsonElement> Answer(MachineProcess client)
    {
        var (code, output) = await client.Ends(_patience);
        if (code != 0)
        {
            var logs = _silos.Select(silo => $"The log of {silo.Machine.Address} ends with:\n{string.Join('\n', silo.Said.Split('\n').TakeLast(LinesOfLog))}");
            throw new InvalidOperationException($"The client ended with {code}:\n{client.Said}\n{string.Join('\n', logs)}");
        }

        using var document = JsonDocument.Parse(output);
        return document.RootElement.Clone();
    }

    /// <summary>
    /// Names of the trials' blobs: weights and embeddings by the hash of their bytes. Two clusters that trained the
    /// same trials to the last bit have the same names. Blobs of ensemble versions do not count: they differ if the
    /// sweep took another course.
    /// </summary>
    public async Task<IReadOnlyList<string>> Blobs() => await Column(
        """
        SELECT b.Name FROM Blob b JOIN ContentChunk c ON c.Content = b.Content AND c.Part = 0
        WHERE position('"trial":'::bytea in substring(c.Bytes from 1 for 1024)) > 0 ORDER BY b.Name
        """);

    /// <summary>
    /// Until the result is disposed, silos can read the table of members but not write to it: none joins, and none is
    /// declared dead.
    /// </summary>
    public async Task<IAsyncDisposable> HoldMembership()
    {
        // Closing the connection ends the transaction, and with it the lock.
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_connection) { Pooling = false }.ToString());
        await connection.OpenAsync();
        await using var hold = new NpgsqlCommand("BEGIN; LOCK TABLE OrleansMembershipVersionTable, OrleansMembershipTable IN SHARE MODE", connection);
        await hold.ExecuteNonQueryAsync();
        return connection;
    }

    /// <summary>Addresses of the machines whose silos were declared dead.</summary>
    public async Task<IReadOnlyList<string>> DeclaredDead() => await Column("SELECT Address FROM OrleansMembershipTable WHERE Status = 6");

    /// <summary>Checkpoints that remain in the store.</summary>
    public async Task<IReadOnlyList<string>> Checkpoints() => await Column("SELECT Trial || '/' || Fence || '/' || Epoch || '-' || Batch FROM Checkpoint");

    /// <summary>How often each trial completed, over all silos and all their restarts.</summary>
    public IReadOnlyDictionary<string, int> Completions =>
        _silos.SelectMany(silo => silo.Completed).CountBy(trial => trial).ToDictionary();

    /// <summary>Number of processes on the machines.</summary>
    public async Task<int> Processes()
    {
        var pids = await Task.WhenAll(_network.Machines.Select(machine => Shell.Run("ip", "netns", "pids", machine.Namespace)));
        return pids.Sum(some => some.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    /// <summary>Reads every blob and checkpoint of the store and checks its hash.</summary>
    /// <exception cref="InvalidOperationException">Something is broken.</exception>
    public Task CheckStore() => Shell.Run(Built.Silo, "store", "check", "--store", $"postgres:{_connection}");

    public async ValueTask DisposeAsync()
    {
        await EndSilos();
        await Postgres.DisposeAsync();
        await _network.DisposeAsync();
        _folder.Delete(recursive: true);
        _authority.Dispose();
    }

    private async Task EndSilos()
    {
        foreach (var silo in _silos)
            await silo.DisposeAsync();
        _silos.Clear();
    }

    private async Task<IReadOnlyList<string>> Column(string sql)
    {
        // Not pooled: a pooled connection may date from before a crash of the server.
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_connection) { Pooling = false }.ToString());
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var rows = await command.ExecuteReaderAsync();
        var values = new List<string>();
        while (await rows.ReadAsync())
            values.Add(rows.GetString(0));
        return values;
    }
}
