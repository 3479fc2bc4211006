const words = (text: string): Set<string> => new Set(text.trim().split(/\s+/));

/** Classes of Keras 2 and 3 that the older formats name without a module. */
export const KERAS_CLASSES: ReadonlySet<string> = words(`
  Model Sequential Functional InputLayer Dense Activation Embedding Masking EinsumDense Identity Conv1D Conv2D Conv3D
  SeparableConv1D SeparableConv2D DepthwiseConv1D DepthwiseConv2D Conv1DTranspose Conv2DTranspose Conv3DTranspose
  MaxPooling1D MaxPooling2D MaxPooling3D AveragePooling1D AveragePooling2D AveragePooling3D GlobalMaxPooling1D
  GlobalMaxPooling2D GlobalMaxPooling3D GlobalAveragePooling1D GlobalAveragePooling2D GlobalAveragePooling3D LSTM GRU
  SimpleRNN RNN TimeDistributed Bidirectional ConvLSTM1D ConvLSTM2D ConvLSTM3D LSTMCell GRUCell SimpleRNNCell
  StackedRNNCells CuDNNLSTM CuDNNGRU TextVectorization Normalization Discretization Hashing StringLookup IntegerLookup
  CategoryEncoding Rescaling Resizing CenterCrop RandomCrop RandomFlip RandomRotation RandomTranslation RandomZoom
  RandomContrast RandomBrightness RandomHeight RandomWidth HashedCrossing BatchNormalization LayerNormalization
  UnitNormalization GroupNormalization SpectralNormalization SyncBatchNormalization Dropout SpatialDropout1D
  SpatialDropout2D SpatialDropout3D GaussianDropout GaussianNoise AlphaDropout ActivityRegularization
  MultiHeadAttention Attention AdditiveAttention GroupQueryAttention Reshape Flatten RepeatVector Permute Cropping1D
  Cropping2D Cropping3D UpSampling1D UpSampling2D UpSampling3D ZeroPadding1D ZeroPadding2D ZeroPadding3D Concatenate
  Average Maximum Minimum Add Subtract Multiply Dot ReLU Softmax LeakyReLU PReLU ELU ThresholdedReLU LocallyConnected1D
  LocallyConnected2D Zeros Ones Constant RandomNormal RandomUniform TruncatedNormal VarianceScaling GlorotUniform
  GlorotNormal HeNormal HeUniform LecunNormal LecunUniform Orthogonal L1 L2 L1L2 MaxNorm NonNeg UnitNorm MinMaxNorm
  Adam AdamW SGD RMSprop Adagrad Adadelta Adamax Nadam Ftrl Lion Adafactor LossScaleOptimizer LossScaleOptimizerV3
  ExponentialDecay PiecewiseConstantDecay PolynomialDecay InverseTimeDecay CosineDecay CosineDecayRestarts
  MeanSquaredError MeanAbsoluteError BinaryCrossentropy CategoricalCrossentropy SparseCategoricalCrossentropy Huber
  KLDivergence Poisson LogCosh Hinge CosineSimilarity MeanMetricWrapper Mean Accuracy BinaryAccuracy
  CategoricalAccuracy SparseCategoricalAccuracy Precision Recall AUC Policy DTypePolicy TensorShape Wrapper
  TFOpLambda SlicingOpLambda ClassMethod InstanceProperty InstanceMethod AddLoss AddMetric Merge Operation GetItem
  NotEqual Equal Cast KerasTensor __tensor__ __numpy__ __tuple__ __ellipsis__ TypeSpec CompositeTensor
`);
