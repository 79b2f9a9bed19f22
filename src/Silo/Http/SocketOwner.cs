using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Siamese.Silo.Http;

/// <summary>Finds out which user of this machine owns the other end of a connection.</summary>
internal static class SocketOwner
{
    private const int LocalColumn = 1;
    private const int RemoteColumn = 2;
    private const int UserColumn = 7;

    /// <summary>The user id of this process; null if the system does not tell.</summary>
    public static uint? Own { get; } = OwnId();

    /// <summary>The user id of a process on this machine that is connected from one address to another; null if the system does not tell.</summary>
    /// <param name="from">The end whose owner is asked for.</param>
    /// <param name="to">The other end.</param>
    public static uint? Of(IPEndPoint from, IPEndPoint to)
    {
        if (!OperatingSystem.IsLinux())
            return null;
        try
        {
            return Find("/proc/net/tcp", from, to) ?? Find("/proc/net/tcp6", from, to);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The user id in a table of the kernel (proc_net_tcp(5)).</summary>
    private static uint? Find(string table, IPEndPoint from, IPEndPoint to)
    {
        var isV6 = table.EndsWith('6');
        var (local, remote) = (Text(from, isV6), Text(to, isV6));
        foreach (var line in File.ReadLines(table))
        {
            var columns = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (columns.Length > UserColumn && columns[LocalColumn] == local && columns[RemoteColumn] == remote)
                return uint.Parse(columns[UserColumn], CultureInfo.InvariantCulture);
        }

        return null;
    }

    /// <summary>An address as in the table: words of four bytes in the machine's order, and the port, in hexadecimal digits.</summary>
    private static string Text(IPEndPoint end, bool isV6)
    {
        var address = isV6 ? end.Address.MapToIPv6() : end.Address.IsIPv4MappedToIPv6 ? end.Address.MapToIPv4() : end.Address;
        if (!isV6 && address.AddressFamily is not AddressFamily.InterNetwork)
            return "";
        var bytes = address.GetAddressBytes();
        var words = Enumerable.Range(0, bytes.Length / sizeof(uint)).Select(word => BitConverter.ToUInt32(bytes, word * sizeof(uint)).ToString("X8", CultureInfo.InvariantCulture));
        return $"{string.Concat(words)}:{end.Port.ToString("X4", CultureInfo.InvariantCulture)}";
    }

    private static uint? OwnId()
    {
        const string Effective = "Uid:";
        return OperatingSystem.IsLinux() && File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith(Effective, StringComparison.Ordinal)) is { } line
            ? uint.Parse(line.Split('\t')[2], CultureInfo.InvariantCulture)
            : null;
    }
}
