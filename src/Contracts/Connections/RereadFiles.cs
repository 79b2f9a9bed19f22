using System.Security.Cryptography;
using Siamese.Contracts.Data;

namespace Siamese.Contracts.Connections;

/// <summary>A value from files that are read again when they have changed. While they cannot be used, the last value stays.</summary>
/// <typeparam name="T">The value.</typeparam>
internal sealed class RereadFiles<T> where T : class
{
    /// <summary>No certificate, key or list of serial numbers is larger.</summary>
    public const int MaximumBytes = 10_000_000;

    private static readonly TimeSpan _every = TimeSpan.FromSeconds(5);

    private readonly string[] _files;
    private readonly Func<T> _read;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private T _value;
    private byte[] _contents;
    private long _lookedAt;

    /// <param name="files">Their paths.</param>
    /// <param name="read">Reads the value, and throws a <see cref="BadInputException"/> if the files cannot be used.</param>
    /// <param name="time">The time.</param>
    /// <exception cref="BadInputException">The files cannot be used.</exception>
    public RereadFiles(string[] files, Func<T> read, TimeProvider time)
    {
        (_files, _read, _time) = (files, read, time);
        (_contents, _value, _lookedAt) = (Contents(), read(), time.GetTimestamp());
    }

    /// <summary>The value, at most five seconds old.</summary>
    public T Value
    {
        get
        {
            lock (_lock)
            {
                LookAgain();
                return _value;
            }
        }
    }

    /// <summary>Why the files cannot be used now; null if they can.</summary>
    public string? Problem { get; private set; }

    private void LookAgain()
    {
        if (_time.GetElapsedTime(_lookedAt) < _every)
            return;
        _lookedAt = _time.GetTimestamp();
        // Not their dates: those of a symbolic link stay the same when its target is replaced.
        var contents = Contents();
        // Files that could not be used may become usable as they are: a certificate that is not valid yet.
        if (contents.AsSpan().SequenceEqual(_contents) && Problem is null)
            return;
        _contents = contents;
        try
        {
            (_value, Problem) = (_read(), null);
        }
        catch (BadInputException e)
        {
            // Perhaps only some of the files have been replaced yet.
            Problem = e.Message;
        }
    }

    private byte[] Contents()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in _files)
        {
            try
            {
                hash.AppendData(SHA256.HashData(RegularFile.Read(file, MaximumBytes) ?? []));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
            {
                // Reading the value says what is wrong.
                hash.AppendData([0]);
            }
        }

        return hash.GetHashAndReset();
    }
}
