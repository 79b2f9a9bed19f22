namespace Siamese.Web.Limits;

/// <summary>A body whose length nobody has stated. It takes its places as it arrives.</summary>
/// <param name="body">The body.</param>
/// <param name="take">Takes the places of a number of bytes; throws if they are taken.</param>
internal sealed class MeteredBody(Stream body, Func<long, IDisposable> take) : Stream
{
    private const int Step = 1_000_000;

    private readonly List<IDisposable> _taken = [];
    private long _read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Count(body.Read(buffer, offset, count));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => Count(await body.ReadAsync(buffer, cancellationToken));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _taken.ForEach(places => places.Dispose());
            _taken.Clear();
        }

        base.Dispose(disposing);
    }

    private int Count(int read)
    {
        _read += read;
        while (_read > _taken.Count * (long)Step)
            _taken.Add(take(Step));
        return read;
    }
}
