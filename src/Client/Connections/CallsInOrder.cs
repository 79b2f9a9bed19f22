namespace Siamese.Client.Connections;

/// <summary>Makes several calls at a time and passes on their answers in order.</summary>
internal static class CallsInOrder
{
    /// <param name="parts">What is called with, one part per call; read as calls become free.</param>
    /// <param name="atOnce">Maximum number of calls under way.</param>
    /// <param name="call">Makes a call.</param>
    /// <param name="passOn">Receives each answer, in the order of the parts.</param>
    public static async Task Make<TPart, TAnswer>(IEnumerable<TPart> parts, int atOnce, Func<TPart, Task<TAnswer>> call, Action<TAnswer> passOn)
    {
        var underWay = new Queue<Task<TAnswer>>();
        try
        {
            foreach (var part in parts)
            {
                if (underWay.Count == atOnce)
                    passOn(await underWay.Dequeue());
                underWay.Enqueue(call(part));
            }

            while (underWay.TryDequeue(out var next))
                passOn(await next);
        }
        finally
        {
            foreach (var abandoned in underWay)
                abandoned.Ignore();
        }
    }
}
