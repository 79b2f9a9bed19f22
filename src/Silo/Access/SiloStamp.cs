namespace Siamese.Silo.Access;

/// <summary>
/// Marks the calls of silos, which a client cannot imitate: Orleans believes what a message says about its sender. The mark
/// is never sent to a client.
/// </summary>
internal sealed class SiloStamp(ClusterSecrets secrets) : IOutgoingGrainCallFilter
{
    private const string Name = "siamese.silo";
    private const string Purpose = "call of a silo";

    public Task Invoke(IOutgoingGrainCallContext context)
    {
        if (context.TargetId.IsClient())
            RequestContext.Remove(Name);
        else
            RequestContext.Set(Name, secrets.Sign(Purpose, []));
        return context.Invoke();
    }

    /// <summary>Whether the call that is being received comes from a silo of this cluster.</summary>
    public bool IsOnCall() => RequestContext.Get(Name) is byte[] mark && secrets.IsValid(Purpose, [], mark);
}
