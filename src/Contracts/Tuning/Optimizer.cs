namespace Siamese.Contracts.Tuning;

/// <summary>How gradients become steps.</summary>
[GenerateSerializer, Alias("siamese.Optimizer")]
public enum Optimizer
{
    /// <summary>Kingma and Ba, ICLR 2015; weight decay, if any, is part of the gradient.</summary>
    Adam,

    /// <summary>Loshchilov and Hutter, ICLR 2019: Adam with weight decay decoupled from the gradient.</summary>
    Adamw,

    /// <summary>Stochastic gradient descent with momentum.</summary>
    Sgd,
}
