# Trains a linear model of weight by height, and leaves it in model.rds. Needs nothing but R itself.
print(R.version$version.string)

path <- "weight_data.csv"
print(paste("Reading file from", path))
people <- read.csv(path, header = TRUE)

model <- lm(weight ~ height, data = people)
print(model)

print(predict(model, data.frame(height = c(60, 70))))

saveRDS(model, "model.rds")
print("Completed")
